import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '@enxame/ui/parts/button';
import { useApp } from '../shell/app-context.js';
import { useVisibilityWord } from '../visibility/use-visibility-word.js';
import { VisibilityDialog } from '../visibility/visibility-dialog.js';
import styles from '../visibility/visibility.module.css';

/** For whom is what is added next: said before anything is chosen, and changed there. */
export function NextVisibility() {
  const { t } = useTranslation();
  const { adder } = useApp();
  const { visibility } = useStore(adder.state);
  const word = useVisibilityWord();
  const [choosing, setChoosing] = useState(false);
  return (
    <div className={styles['line']}>
      <span dir="auto">{t('visibility.next', { who: word(visibility) })}</span>
      <Button
        look="ghost"
        onClick={() => {
          setChoosing(true);
        }}
      >
        {t('common.change')}
      </Button>
      {choosing && (
        <VisibilityDialog
          title={t('visibility.title')}
          visibility={visibility}
          save={(chosen) => {
            adder.setVisibility(chosen);
            return Promise.resolve();
          }}
          onClose={() => {
            setChoosing(false);
          }}
        />
      )}
    </div>
  );
}
