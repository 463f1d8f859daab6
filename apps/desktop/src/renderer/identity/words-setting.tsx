import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { useNow } from '@enxame/ui/hooks/use-now';
import { Button } from '@enxame/ui/parts/button';
import settings from '../settings/settings.module.css';
import { WordsDialog } from './words-dialog.js';

/** Where the recovery words are seen, and whether they are written down. */
export function WordsSetting({ savedAt }: { savedAt: number | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(60_000);
  const [open, setOpen] = useState(false);
  return (
    <>
      <div className={settings['pref']}>
        <div>
          <span>{t('recovery.title')}</span>
          <p>
            {savedAt === undefined ? t('recovery.notSaved') : t('recovery.savedAt', { when: format.ago(savedAt, now) })}
          </p>
        </div>
        <Button
          look={savedAt === undefined ? 'ink' : 'plain'}
          icon={<KeyRound size={16} strokeWidth={1.75} aria-hidden />}
          onClick={() => {
            setOpen(true);
          }}
        >
          {savedAt === undefined ? t('recovery.writeDown') : t('recovery.see')}
        </Button>
      </div>
      {open && (
        <WordsDialog
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
