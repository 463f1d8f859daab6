import { maxLinkPasswordChars } from '@enxame/shared/tracker/link';
import { isErrorWithCode, type EnxameError } from '@enxame/shared/errors/enxame-error';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { TextField } from '@enxame/ui/parts/field';
import { LockKeyhole } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '../api/tracker-api.js';
import type { LinkApi } from './link-api.js';
import styles from './password-form.module.css';

/** Nothing of the file is shown before its password. */
export function PasswordForm({ link, onOpen }: { link: LinkApi; onOpen: () => void }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const [error, setError] = useState<EnxameError | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const isWrong = isErrorWithCode(error, 'link-password-wrong');
  const open = async (): Promise<void> => {
    setBusy(true);
    try {
      await link.open(password);
      onOpen();
    } catch (thrown) {
      setError(toApiError(thrown));
      setBusy(false);
      field.current?.select();
    }
  };
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (password !== '' && !busy) void open();
      }}
    >
      <h1>{t('link.passwordTitle')}</h1>
      <p>{t('link.passwordText')}</p>
      <TextField
        ref={field}
        label={t('link.password')}
        type="password"
        icon={<LockKeyhole size={16} strokeWidth={1.75} aria-hidden />}
        value={password}
        maxLength={maxLinkPasswordChars}
        autoFocus
        onChange={({ target }) => {
          setPassword(target.value);
          setError(null);
        }}
        {...(isWrong && { hint: t('link.wrongPassword'), hintKind: 'bad' })}
      />
      {error && !isWrong && <ErrorCallout error={error} />}
      <Button type="submit" look="ink" size="large" wide busy={busy} disabled={password === ''}>
        {t('link.open')}
      </Button>
    </form>
  );
}
