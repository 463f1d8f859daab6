import { useFormat } from '@enxame/ui/i18n/i18n-context';
import type { Invitation } from '@enxame/shared/tracker/admin';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { CopyButton } from '@enxame/ui/parts/copy-button';
import { Select, TextField } from '@enxame/ui/parts/field';
import { useNow } from '@enxame/ui/hooks/use-now';
import text from '@enxame/ui/parts/text.module.css';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api/use-act.js';
import { useSite } from '../shell/site-context.js';
import { askAdmin, useAdmin } from './admin-api.js';
import { toInviteLink } from './invite-link.js';
import { ListLine } from './list-line.js';
import { lifeNames, lives, type Life } from './lives.js';
import styles from './admin.module.css';

const maxNoteChars = 200;
const maxUses = 100_000;

/** Codes by which people may register. */
export function InvitationsSection() {
  const { t } = useTranslation();
  const { api } = useSite();
  const { data, error, reload } = useAdmin('admin:invitations');
  const making = useAct();
  const [note, setNote] = useState('');
  const [uses, setUses] = useState('1');
  const [life, setLife] = useState<Life>('week');
  return (
    <section className={styles['section']} aria-labelledby="invitations-title">
      <h2 id="invitations-title">{t('admin.invite.title')}</h2>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          const asked = askAdmin(api, 'admin:invite', { uses: Number(uses), lifeMs: lives[life], note: note.trim() });
          making.act(asked, () => {
            setNote('');
            reload();
          });
        }}
      >
        <TextField
          label={t('admin.invite.note')}
          value={note}
          maxLength={maxNoteChars}
          onChange={({ target }) => {
            setNote(target.value);
          }}
        />
        <TextField
          label={t('admin.invite.uses')}
          type="number"
          min={1}
          max={maxUses}
          value={uses}
          onChange={({ target }) => {
            setUses(target.value);
          }}
        />
        <div className={styles['choice']}>
          <span>{t('admin.invite.life')}</span>
          <Select
            label={t('admin.invite.life')}
            value={life}
            options={lifeNames.map((name) => [name, t(`admin.invite.${name}`)] as const)}
            onChange={setLife}
          />
        </div>
        <Button type="submit" look="ink" busy={making.busy} disabled={uses === ''}>
          {t('admin.invite.create')}
        </Button>
        {making.error && <ErrorCallout error={making.error} />}
      </form>
      {error && <ErrorCallout error={error} />}
      {data?.invitations.length === 0 && <p className={text['meta']}>{t('admin.none')}</p>}
      {data && data.invitations.length > 0 && (
        <ul>
          {data.invitations.map((invitation) => (
            <InvitationLine key={invitation.code} invitation={invitation} onGone={reload} />
          ))}
        </ul>
      )}
    </section>
  );
}

function InvitationLine({ invitation, onGone }: { invitation: Invitation; onGone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(60_000);
  const { api } = useSite();
  const { act, error } = useAct();
  const { code, note, uses, usesLeft, createdBy, expiresAt } = invitation;
  return (
    <ListLine
      title={note === '' ? code : note}
      facts={[
        t('admin.invite.used', { used: uses - usesLeft, uses }),
        t('admin.by', { name: createdBy }),
        expiresAt !== null && t('admin.ban.until', { when: format.moment(expiresAt, now) }),
      ]}
      error={error}
      actions={
        <>
          <CopyButton look="ghost" text={toInviteLink(window.location, code)} label={t('admin.invite.copyLink')} />
          <CopyButton look="ghost" text={code} label={t('admin.invite.copy')} />
        </>
      }
      end={{
        label: note === '' ? t('admin.invite.endUnnamed') : t('admin.invite.end', { note }),
        title: t('admin.invite.endTitle'),
        text: t('admin.invite.endText'),
        keep: t('admin.invite.keep'),
        confirm: t('admin.invite.endIt'),
        onConfirm: () => {
          act(askAdmin(api, 'admin:uninvite', { code }), onGone);
        },
      }}
    />
  );
}
