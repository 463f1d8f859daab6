import type { Settings } from '@enxame/shared/engine/status';
import { FolderOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFolderChoice } from '../folders/use-folder-choice.js';
import { Button } from '@enxame/ui/parts/button';
import text from '@enxame/ui/parts/text.module.css';
import styles from './settings.module.css';

export function FolderSetting({ folder, onChange }: { folder: string; onChange: (change: Partial<Settings>) => void }) {
  const { t } = useTranslation();
  const { change, picker } = useFolderChoice(folder, (downloadsFolder) => {
    onChange({ downloadsFolder });
  });
  return (
    <div className={styles['pref']}>
      <div>
        <span>{t('settings.downloads')}</span>
        <p className={text['mono']}>{folder}</p>
      </div>
      <Button icon={<FolderOpen size={16} strokeWidth={1.75} aria-hidden />} onClick={change}>
        {t('common.change')}
      </Button>
      {picker}
    </div>
  );
}
