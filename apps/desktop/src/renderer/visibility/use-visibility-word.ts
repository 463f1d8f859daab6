import type { Visibility } from '@enxame/shared/engine/visibility';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { useApp, useStatus } from '../shell/app-context.js';

/** So many names are said; the others are counted. */
const maxNames = 3;

/** Who may know of a share, in words. */
export function useVisibilityWord(): (visibility: Visibility) => string {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { tracker } = useStatus();
  const people = useStore(useApp().people, (state) => state.people) ?? [];
  return (visibility) => {
    if (visibility.kind === 'everyone') return t('visibility.everyoneIn', { network: tracker?.name ?? '' });
    if (visibility.kind === 'link') return t('visibility.linkOnly');
    const names = visibility.people.flatMap((id) => people.find((person) => person.id === id)?.name ?? []);
    const shown = names.slice(0, maxNames);
    const others = visibility.people.length - shown.length;
    if (shown.length === 0) return t('visibility.peopleCount', { count: others });
    const parts =
      others > 0 ? [...shown, t('visibility.others', { count: others, shown: format.number(others) })] : shown;
    return t('visibility.only', { names: new Intl.ListFormat(i18n.language).format(parts) });
  };
}
