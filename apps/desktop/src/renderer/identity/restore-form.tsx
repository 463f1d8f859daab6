import { recoveryWordCount } from '@enxame/shared/engine/identity-calls';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@enxame/ui/parts/button';
import { Callout, ErrorCallout } from '@enxame/ui/parts/callout';
import { Hint } from '@enxame/ui/parts/field';
import { useApp } from '../shell/app-context.js';
import styles from './identity.module.css';

interface Props {
  /** Takes the network that is shown, so that it can say whose words they are. */
  readonly onUse: () => Promise<void>;
  /** The words are somebody's, but this network does not know them. */
  readonly onUnknown: () => void;
}

/** Someone who was here before, on another computer: the words bring the name back. */
export function RestoreForm({ onUse, onUnknown }: Props) {
  const { t } = useTranslation();
  const { link } = useApp();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [unknown, setUnknown] = useState(false);
  const count = typed.trim() === '' ? 0 : typed.trim().split(/\s+/).length;
  const restore = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await onUse();
      const { name } = await link.call('identity:restore', { words: typed });
      await link.call('settings:set', { wordsSavedAt: Date.now() });
      setUnknown(name === null);
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={styles['restore']}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && count > 0) void restore();
      }}
    >
      <label htmlFor={id}>{t('recovery.type')}</label>
      <textarea
        id={id}
        autoFocus
        rows={5}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        translate="no"
        maxLength={1000}
        value={typed}
        aria-describedby={`${id}-count`}
        onChange={({ target }) => {
          setTyped(target.value);
          setError(null);
          setUnknown(false);
        }}
      />
      <div id={`${id}-count`}>
        <Hint kind={count === recoveryWordCount ? 'ok' : 'plain'}>
          {t('recovery.typed', { count, all: recoveryWordCount })}
        </Hint>
      </div>
      {error !== null && <ErrorCallout error={error} />}
      {unknown ? (
        <Callout
          kind="plain"
          title={t('recovery.unknown')}
          actions={<Button onClick={onUnknown}>{t('recovery.chooseName')}</Button>}
        >
          <p>{t('recovery.unknownHow')}</p>
        </Callout>
      ) : (
        <Button type="submit" look="ink" size="large" wide busy={busy} disabled={count === 0}>
          {t('recovery.restore')}
        </Button>
      )}
    </form>
  );
}
