import { apiRoutes } from '@enxame/shared/tracker/api';
import { tokenScopes, type Token, type TokenScope } from '@enxame/shared/tracker/token';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { Callout, ErrorCallout } from '@enxame/ui/parts/callout';
import { CopyButton } from '@enxame/ui/parts/copy-button';
import { ConfirmDialog } from '@enxame/ui/parts/dialog';
import { TextField } from '@enxame/ui/parts/field';
import field from '@enxame/ui/parts/field.module.css';
import { useNow } from '@enxame/ui/hooks/use-now';
import text from '@enxame/ui/parts/text.module.css';
import { KeyRound, Trash2 } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api/use-act.js';
import { useAsk } from '../api/use-ask.js';
import { useMember, useSite } from '../shell/site-context.js';
import styles from './tokens-page.module.css';

const maxNameChars = 80;

/** Permissions for programs that act in this person's name. */
export function TokensPage() {
  const { t } = useTranslation();
  const { api } = useSite();
  const { data, error, reload } = useAsk(
    useCallback((signal) => api.ask({ path: '/tokens', reply: apiRoutes.tokens.reply, signal }), [api]),
  );
  return (
    <div className={styles['page']}>
      <div>
        <h1>{t('tokens.title')}</h1>
        <p className={text['meta']}>{t('tokens.about')}</p>
      </div>
      <NewToken onMade={reload} />
      {error && <ErrorCallout error={error} actions={<Button onClick={reload}>{t('common.tryAgain')}</Button>} />}
      {data?.tokens.length === 0 && <p className={text['meta']}>{t('tokens.none')}</p>}
      {data && data.tokens.length > 0 && (
        <ul>
          {data.tokens.map((token) => (
            <TokenLine key={token.id} token={token} onGone={reload} />
          ))}
        </ul>
      )}
    </div>
  );
}

function NewToken({ onMade }: { onMade: () => void }) {
  const { t } = useTranslation();
  const { api } = useSite();
  const member = useMember();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly TokenScope[]>(['read', 'upload']);
  const [made, setMade] = useState<{ readonly name: string; readonly secret: string } | null>(null);
  const { act, error, busy } = useAct();
  const offered = tokenScopes.filter((scope) => scope !== 'admin' || member?.isAdmin);
  return (
    <>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          const body = { name: name.trim(), scopes };
          const asked = api.ask({ method: 'post', path: '/tokens', body, reply: apiRoutes.createToken.reply });
          act(asked, ({ token, secret }) => {
            setMade({ name: token.name, secret });
            setName('');
            onMade();
          });
        }}
      >
        <TextField
          label={t('tokens.name')}
          hint={t('tokens.nameHint')}
          value={name}
          maxLength={maxNameChars}
          onChange={({ target }) => {
            setName(target.value);
          }}
        />
        <fieldset className={styles['scopes']}>
          <legend>{t('tokens.scopes')}</legend>
          {offered.map((scope) => (
            <label key={scope}>
              <input
                type="checkbox"
                className={field['check']}
                checked={scopes.includes(scope)}
                onChange={({ target }) => {
                  setScopes(target.checked ? [...scopes, scope] : scopes.filter((other) => other !== scope));
                }}
              />
              {t(`tokens.${scope}`)}
            </label>
          ))}
        </fieldset>
        <Button type="submit" look="ink" busy={busy} disabled={name.trim() === '' || scopes.length === 0}>
          {t('tokens.create')}
        </Button>
        {error && <ErrorCallout error={error} />}
      </form>
      {made && (
        <div role="status">
          <Callout
            kind="plain"
            icon={<KeyRound size={16} strokeWidth={1.75} aria-hidden />}
            title={t('tokens.secretTitle', { name: made.name })}
            actions={<CopyButton text={made.secret} label={t('tokens.copy')} />}
          >
            <p>{t('tokens.secretText')}</p>
            <p className={text['mono']} translate="no" dir="ltr">
              {made.secret}
            </p>
            <p>{t('tokens.example')}</p>
            <p className={text['mono']} translate="no" dir="ltr">
              curl -k -H &quot;Authorization: Bearer {made.secret}&quot; {location.origin}/files
            </p>
          </Callout>
        </div>
      )}
    </>
  );
}

function TokenLine({
  token: { id, name, scopes, createdAt, lastUsedAt },
  onGone,
}: {
  token: Token;
  onGone: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(60_000);
  const { api } = useSite();
  const [isRevoking, setIsRevoking] = useState(false);
  const { act, error } = useAct();
  const revoke = t('tokens.revoke', { name });
  const facts = [
    scopes.map((scope) => t(`tokens.${scope}`)).join(', '),
    t('tokens.made', { when: format.ago(createdAt, now) }),
    lastUsedAt === null ? t('tokens.unused') : t('tokens.used', { when: format.ago(lastUsedAt, now) }),
  ];
  return (
    <li className={styles['line']}>
      <KeyRound size={16} strokeWidth={1.75} aria-hidden />
      <div>
        <strong dir="auto">{name}</strong>
        <p className={text['meta']}>{facts.join(' · ')}</p>
        {error && <ErrorCallout error={error} />}
      </div>
      <Button
        look="ghost"
        aria-label={revoke}
        title={revoke}
        onClick={() => {
          setIsRevoking(true);
        }}
      >
        <Trash2 size={16} strokeWidth={1.75} aria-hidden />
      </Button>
      {isRevoking && (
        <ConfirmDialog
          title={t('tokens.revokeTitle', { name })}
          text={t('tokens.revokeText')}
          keep={t('tokens.keep')}
          confirm={t('tokens.revokeIt')}
          onClose={() => {
            setIsRevoking(false);
          }}
          onConfirm={() => {
            act(api.ask({ method: 'delete', path: `/tokens/${id}`, reply: apiRoutes.revokeToken.reply }), onGone);
          }}
        />
      )}
    </li>
  );
}
