import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { Button } from '@enxame/ui/parts/button';
import { Callout, ErrorCallout } from '@enxame/ui/parts/callout';
import { Hint, TextField } from '@enxame/ui/parts/field';
import { AtSign, KeyRound, Lock, ShieldCheck, Ticket } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { LinkButton } from '../look/link-button.js';
import { useSite } from '../shell/site-context.js';
import styles from './sign-in-page.module.css';
import { useEnter } from './use-enter.js';

const maxNameChars = 64;

/** How a person in a browser without the app gets in: with a key of this browser, or with a token from the app. */
export function SignInPage({ isWall }: { isWall?: boolean }) {
  const { t } = useTranslation();
  const { hello } = useSite();
  const title = isWall ? t('signIn.wallTitle', { name: hello.name }) : t('signIn.title', { name: hello.name });
  return (
    <div className={styles['page']}>
      <h1 dir="auto">{title}</h1>
      {window.isSecureContext ? (
        <>
          <KeyForm />
          <TokenForm />
        </>
      ) : (
        <Callout
          kind="warn"
          icon={<Lock size={16} strokeWidth={1.75} aria-hidden />}
          title={t('signIn.insecureTitle')}
          actions={
            <LinkButton look="ink" href={`https://${location.host}/#/sign-in`}>
              {t('signIn.insecureDo')}
            </LinkButton>
          }
        >
          <p>{t('signIn.insecureText')}</p>
        </Callout>
      )}
    </div>
  );
}

function KeyForm() {
  const { t } = useTranslation();
  const { session } = useSite();
  const state = useStore(session);
  const [name, setName] = useState('');
  const [invitation, setInvitation] = useState<string | null>(null);
  const { enter, error, busy } = useEnter();
  const known = state.kind === 'guest' ? state.known : null;
  if (error instanceof DOMException && error.name === 'NotSupportedError') {
    return (
      <Callout kind="warn" title={t('signIn.noKeysTitle')}>
        <p>{t('signIn.noKeysText')}</p>
      </Callout>
    );
  }
  if (known !== null) {
    return (
      <div className={styles['form']}>
        <p>{t('signIn.known', { name: known })}</p>
        {error && <ErrorCallout error={error} />}
        <Button
          look="ink"
          size="large"
          wide
          busy={busy}
          onClick={() => {
            enter(() => session.signIn());
          }}
        >
          {t('signIn.enter', { name: known })}
        </Button>
      </div>
    );
  }
  // What is wrong with the name is said at the name.
  const isName = error instanceof EnxameError && error.code.startsWith('name-');
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === '' || busy) return;
        const code = invitation?.trim();
        enter(() => session.join(name.trim(), code === '' ? undefined : code));
      }}
    >
      <p>{t('signIn.text')}</p>
      <TextField
        label={t('signIn.name')}
        icon={<AtSign size={16} strokeWidth={1.75} aria-hidden />}
        autoComplete="username"
        value={name}
        maxLength={maxNameChars}
        onChange={({ target }) => {
          setName(target.value);
        }}
      />
      {invitation === null ? (
        <Button
          look="link"
          onClick={() => {
            setInvitation('');
          }}
        >
          {t('signIn.hasInvitation')}
        </Button>
      ) : (
        <TextField
          label={t('signIn.invitation')}
          icon={<Ticket size={16} strokeWidth={1.75} aria-hidden />}
          value={invitation}
          maxLength={100}
          onChange={({ target }) => {
            setInvitation(target.value);
          }}
        />
      )}
      {error && <ErrorCallout error={error} kind={isName ? 'warn' : 'danger'} />}
      <Button type="submit" look="ink" size="large" wide busy={busy} disabled={name.trim() === ''}>
        {t('signIn.join')}
      </Button>
      <Hint icon={<ShieldCheck size={14} aria-hidden />}>{t('signIn.only')}</Hint>
    </form>
  );
}

function TokenForm() {
  const { t } = useTranslation();
  const { session } = useSite();
  const [token, setToken] = useState('');
  const { enter, error, busy } = useEnter();
  return (
    <details className={styles['token']}>
      <summary>{t('signIn.orToken')}</summary>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (token.trim() !== '' && !busy) enter(() => session.useToken(token.trim()));
        }}
      >
        <p>{t('signIn.tokenText')}</p>
        <TextField
          label={t('signIn.token')}
          icon={<KeyRound size={16} strokeWidth={1.75} aria-hidden />}
          type="password"
          value={token}
          maxLength={200}
          onChange={({ target }) => {
            setToken(target.value);
          }}
        />
        {error && <ErrorCallout error={error} />}
        <Button type="submit" wide size="large" busy={busy} disabled={token.trim() === ''}>
          {t('signIn.useToken')}
        </Button>
      </form>
    </details>
  );
}
