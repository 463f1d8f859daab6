import type { Person } from '@enxame/shared/tracker/person';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { useNow } from '@enxame/ui/hooks/use-now';

/** How many files, and for someone who is away, since when. */
export function usePersonSummary(): (person: Person) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(60_000);
  return ({ online, lastSeenAt, entries }) => {
    const files = entries === 0 ? t('people.noFiles') : t('people.filesCount', { count: entries });
    if (online) return files;
    const seen =
      lastSeenAt === null ? t('people.neverSeen') : t('people.seen', { when: format.moment(lastSeenAt, now) });
    return `${seen} · ${files}`;
  };
}
