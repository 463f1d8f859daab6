import { maxPersonNoteChars, type KnownPerson } from '@enxame/shared/engine/person-calls';
import { Ban, ShieldAlert, ShieldCheck, ShieldQuestion } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '@enxame/ui/hooks/use-now';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { Callout, ErrorCallout } from '@enxame/ui/parts/callout';
import { ConfirmDialog } from '@enxame/ui/parts/dialog';
import { useApp } from '../shell/app-context.js';
import { CompareDialog } from './compare-dialog.js';
import styles from './person-panel.module.css';

/** What this person makes of another: whether the key is theirs, whether they are blocked, and what is noted. */
export function PersonPanel({ person }: { person: KnownPerson }) {
  const { t } = useTranslation();
  const { link } = useApp();
  const [comparing, setComparing] = useState(false);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { id, name, blocked, keyChanged } = person;
  const block = (isBlocked: boolean): void => {
    setError(null);
    link.call('person:block', { id, blocked: isBlocked }).catch(setError);
  };
  return (
    <div className={styles['panel']}>
      {keyChanged && (
        <Callout
          kind="danger"
          icon={<ShieldAlert size={16} strokeWidth={1.75} aria-hidden />}
          title={t('trust.changedTitle', { name })}
          actions={
            <Button
              onClick={() => {
                setComparing(true);
              }}
            >
              {t('trust.compare')}
            </Button>
          }
        >
          <p>{t('trust.changedText', { name })}</p>
        </Callout>
      )}
      {blocked && (
        <Callout
          kind="warn"
          icon={<Ban size={16} strokeWidth={1.75} aria-hidden />}
          title={t('block.isBlocked', { name })}
          actions={
            <Button
              onClick={() => {
                block(false);
              }}
            >
              {t('block.unblock')}
            </Button>
          }
        >
          <p>{t('block.meaning')}</p>
        </Callout>
      )}
      <div className={styles['do']}>
        <TrustWord person={person} />
        <Button
          onClick={() => {
            setComparing(true);
          }}
        >
          {t('trust.compare')}
        </Button>
        {!blocked && (
          <Button
            look="danger"
            onClick={() => {
              setAsking(true);
            }}
          >
            {t('block.block')}
          </Button>
        )}
      </div>
      <PersonNote key={id} person={person} onError={setError} />
      {error !== null && <ErrorCallout error={error} />}
      {comparing && (
        <CompareDialog
          person={person}
          onClose={() => {
            setComparing(false);
          }}
        />
      )}
      {asking && (
        <ConfirmDialog
          title={t('block.title', { name })}
          text={t('block.meaning')}
          keep={t('block.keep')}
          confirm={t('block.block')}
          onConfirm={() => {
            block(true);
          }}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </div>
  );
}

function TrustWord({ person: { verifiedAt, keyChanged } }: { person: KnownPerson }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(60_000);
  const isVerified = verifiedAt !== null && !keyChanged;
  const Icon = isVerified ? ShieldCheck : ShieldQuestion;
  return (
    <p className={styles['trust']} data-verified={isVerified || undefined}>
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      {isVerified ? t('trust.verified', { when: format.moment(verifiedAt, now) }) : t('trust.notVerified')}
    </p>
  );
}

/** Saved when the field is left. */
function PersonNote({ person: { id, note }, onError }: { person: KnownPerson; onError: (error: unknown) => void }) {
  const { t } = useTranslation();
  const { link } = useApp();
  const [typed, setTyped] = useState(note);
  const field = useId();
  return (
    <div className={styles['note']}>
      <label htmlFor={field}>{t('note.label')}</label>
      <textarea
        id={field}
        dir="auto"
        rows={2}
        maxLength={maxPersonNoteChars}
        placeholder={t('note.how')}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
        }}
        onBlur={() => {
          if (typed !== note) link.call('person:note', { id, note: typed }).catch(onError);
        }}
      />
    </div>
  );
}
