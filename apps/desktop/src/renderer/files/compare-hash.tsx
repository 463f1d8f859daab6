import { Check, CircleAlert } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@enxame/ui/parts/button';
import { Hint } from '@enxame/ui/parts/field';
import text from '@enxame/ui/parts/text.module.css';
import styles from './file-drawer.module.css';
import { hashFile, maxHashedHereBytes } from './hash-file.js';

type Outcome = 'isSame' | 'isOther' | 'isTooLarge' | 'isUnreadable';

/** Whether a file somewhere else, or a hash that somebody sent, is this one. Nothing leaves the page. */
export function CompareHash({ sha256, size }: { sha256: string; size: number }) {
  const { t } = useTranslation();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const compareFile = async (file: File): Promise<void> => {
    setBusy(true);
    setOutcome(null);
    try {
      // Another size is another file: nothing needs to be read.
      if (file.size !== size) setOutcome('isOther');
      else if (file.size > maxHashedHereBytes) setOutcome('isTooLarge');
      else setOutcome((await hashFile(file)) === sha256 ? 'isSame' : 'isOther');
    } catch {
      setOutcome('isUnreadable'); // moved or locked since it was chosen
    } finally {
      setBusy(false);
    }
  };
  const compareText = (typed: string): void => {
    const hex = typed.toLowerCase().replace(/[^0-9a-f]/g, '');
    setOutcome(hex.length < sha256.length ? null : hex === sha256 ? 'isSame' : 'isOther');
  };
  if (!open) {
    return (
      <Button
        look="link"
        onClick={() => {
          setOpen(true);
        }}
      >
        {t('details.compare')}
      </Button>
    );
  }
  return (
    <div className={styles['compare']}>
      <label className={text['meta']} htmlFor={id}>
        {t('details.compareHow')}
      </label>
      <input
        id={id}
        className={text['mono']}
        autoFocus
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        placeholder={t('details.comparePaste')}
        onChange={({ target }) => {
          compareText(target.value);
        }}
      />
      <input
        type="file"
        aria-label={t('details.compareFile')}
        disabled={busy}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) void compareFile(file);
        }}
      />
      <div role="status">
        {busy && <Hint>{t('details.comparing')}</Hint>}
        {outcome !== null && (
          <Hint
            kind={outcome === 'isSame' ? 'ok' : 'plain'}
            icon={
              outcome === 'isSame' ? (
                <Check size={14} aria-hidden />
              ) : (
                <CircleAlert size={14} className={text['danger']} aria-hidden />
              )
            }
          >
            {t(`details.${outcome}`)}
          </Hint>
        )}
      </div>
    </div>
  );
}
