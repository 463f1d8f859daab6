import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '@enxame/ui/class-names';
import { Button } from '@enxame/ui/parts/button';
import banner from '../shell/banner.module.css';
import { useStatus } from '../shell/app-context.js';
import { WordsDialog } from './words-dialog.js';
import { isOfferDue, putOfferOff } from './words-offer-time.js';

/** Offers the recovery words until they are written down; once told "later", not again for a while. */
export function WordsOffer() {
  const { t } = useTranslation();
  const { settings } = useStatus();
  const [due, setDue] = useState(() => isOfferDue(window.localStorage, Date.now()));
  const [open, setOpen] = useState(false);
  if (open) {
    return (
      <WordsDialog
        onClose={() => {
          setOpen(false);
        }}
      />
    );
  }
  if (settings.wordsSavedAt !== undefined || !due) return null;
  return (
    <div className={classNames(banner['banner'], banner['notice'])} role="status">
      <KeyRound size={16} strokeWidth={1.75} aria-hidden />
      <span>
        <strong>{t('recovery.offer')}</strong> {t('recovery.offerHow')}
      </span>
      <Button
        onClick={() => {
          setOpen(true);
        }}
      >
        {t('recovery.writeDown')}
      </Button>
      <Button
        look="ghost"
        onClick={() => {
          putOfferOff(window.localStorage, Date.now());
          setDue(false);
        }}
      >
        {t('recovery.later')}
      </Button>
    </div>
  );
}
