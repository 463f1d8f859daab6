import { recoveryWordCount } from '@enxame/shared/engine/identity-calls';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { Dialog } from '@enxame/ui/parts/dialog';
import { TextField } from '@enxame/ui/parts/field';
import { useApp } from '../shell/app-context.js';
import styles from './identity.module.css';
import { isSameWord, pickPlaces } from './word-check.js';

/** The recovery words, and the proof that they were written down: a few of them, typed from the paper. */
export function WordsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { words, error } = useWords();
  const [places] = useState(() => pickPlaces(recoveryWordCount, Math.random));
  const [checking, setChecking] = useState(false);
  return (
    <Dialog title={t('recovery.title')} onClose={onClose} wide>
      {error !== null && <ErrorCallout error={error} />}
      {words && !checking && (
        <>
          <p>{t('recovery.how')}</p>
          <ol className={styles['words']} translate="no">
            {words.map((word, index) => (
              <li key={index}>{word}</li>
            ))}
          </ol>
          <p className={styles['care']}>{t('recovery.care')}</p>
          <div className={styles['do']}>
            <Button
              look="ink"
              onClick={() => {
                setChecking(true);
              }}
            >
              {t('recovery.written')}
            </Button>
          </div>
        </>
      )}
      {words && checking && (
        <Check
          words={words}
          places={places}
          onBack={() => {
            setChecking(false);
          }}
          onDone={onClose}
        />
      )}
    </Dialog>
  );
}

function useWords(): { words: readonly string[] | null; error: unknown } {
  const { link } = useApp();
  const language = useLanguage();
  const [state, setState] = useState<{ words: readonly string[] | null; error: unknown }>({ words: null, error: null });
  useEffect(() => {
    let gone = false;
    link.call('identity:words', { language }).then(
      ({ words }) => {
        if (!gone) setState({ words, error: null });
      },
      (error: unknown) => {
        if (!gone) setState({ words: null, error });
      },
    );
    return () => {
      gone = true;
    };
  }, [link, language]);
  return state;
}

interface CheckProps {
  readonly words: readonly string[];
  readonly places: readonly number[];
  readonly onBack: () => void;
  readonly onDone: () => void;
}

function Check({ words, places, onBack, onDone }: CheckProps) {
  const { t } = useTranslation();
  const { link, toasts } = useApp();
  const [typed, setTyped] = useState<readonly string[]>(places.map(() => ''));
  const [tried, setTried] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  const isRight = (index: number): boolean => isSameWord(typed[index] ?? '', words[places[index] ?? 0] ?? '');
  const finish = (): void => {
    setTried(true);
    if (!places.every((_, index) => isRight(index))) return;
    link.call('settings:set', { wordsSavedAt: Date.now() }).then(() => {
      toasts.getState().show({ kind: 'ok', title: t('recovery.saved') });
      onDone();
    }, setFailed);
  };
  return (
    <form
      className={styles['check']}
      onSubmit={(event) => {
        event.preventDefault();
        finish();
      }}
    >
      <p>{t('recovery.checkHow')}</p>
      {places.map((place, index) => {
        const wrong = tried && !isRight(index);
        return (
          <TextField
            key={place}
            label={t('recovery.word', { number: place + 1 })}
            autoFocus={index === 0}
            autoCapitalize="none"
            maxLength={40}
            value={typed[index] ?? ''}
            hint={wrong ? t('recovery.wrong', { number: place + 1 }) : undefined}
            hintKind={wrong ? 'bad' : 'plain'}
            onChange={({ target }) => {
              setTyped(typed.map((word, at) => (at === index ? target.value : word)));
              setTried(false);
            }}
          />
        );
      })}
      {failed !== null && <ErrorCallout error={failed} />}
      <div className={styles['do']}>
        <Button look="ink" type="submit">
          {t('recovery.check')}
        </Button>
        <Button onClick={onBack}>{t('recovery.again')}</Button>
      </div>
    </form>
  );
}
