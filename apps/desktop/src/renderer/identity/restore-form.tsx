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
  const isCode = looksLikeCode(typed);
  const restore = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await onUse();
      const { name } = isCode
        ? await link.call('device:join', { code: typed.trim() })
        : await link.call('identity:restore', { words: typed });
      // Who typed the words has them; who said a code may have none.
      if (!isCode) await link.call('settings:set', { wordsSavedAt: Date.now() });
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
      <p>{t('devices.orCode')}</p>
      <textarea
        id={id}
        autoFocus
        rows={4}
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
        {isCode ? (
          <Hint>{t('devices.isCode')}</Hint>
        ) : (
          <Hint kind={count === recoveryWordCount ? 'ok' : 'plain'}>
            {t('recovery.typed', { count, all: recoveryWordCount })}
          </Hint>
        )}
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
          {busy && isCode ? t('devices.joining') : t('recovery.restore')}
        </Button>
      )}
    </form>
  );
}

/** Recovery words are words; a code begins with its number, a link of one with the program's name. */
function looksLikeCode(typed: string): boolean {
  return /^\s*(?:\d|enxame:)/i.test(typed);
}
