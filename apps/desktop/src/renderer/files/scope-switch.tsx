import { useTranslation } from 'react-i18next';
import { Segmented } from '@enxame/ui/parts/segmented';
import type { Scope } from './files-view.js';

/** Whose files are listed. */
export function ScopeSwitch({ scope, onChange }: { scope: Scope; onChange: (scope: Scope) => void }) {
  const { t } = useTranslation();
  return (
    <Segmented<Scope>
      label={t('files.show')}
      value={scope}
      onChange={onChange}
      options={[
        { value: 'all', text: t('files.scopeAll') },
        { value: 'mine', text: t('files.scopeMine') },
        { value: 'here', text: t('files.scopeHere') },
      ]}
    />
  );
}
