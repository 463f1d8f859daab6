import { deviceIdSchema } from '@enxame/shared/ids';
import { addressRangeSchema, type Ban, type BanTarget } from '@enxame/shared/tracker/admin-bans';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { Select, TextField } from '@enxame/ui/parts/field';
import { useNow } from '@enxame/ui/hooks/use-now';
import text from '@enxame/ui/parts/text.module.css';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api/use-act.js';
import { useSite } from '../shell/site-context.js';
import { askAdmin, useAdmin } from './admin-api.js';
import { ListLine } from './list-line.js';
import { lifeNames, lives, type Life } from './lives.js';
import styles from './admin.module.css';

const kinds = ['user', 'device', 'address'] as const;
type Kind = (typeof kinds)[number];

/** Undefined for what cannot be one. */
function toTarget(kind: Kind, given: string): BanTarget | undefined {
  if (kind === 'user') return given === '' ? undefined : { kind, name: given };
  if (kind === 'device') {
    const deviceId = deviceIdSchema.safeParse(given).data;
    return deviceId && { kind, deviceId };
  }
  const range = addressRangeSchema.safeParse(given).data;
  return range === undefined ? undefined : { kind, range };
}

/** People, computers and addresses that are shut out. */
export function BansPart() {
  const { t } = useTranslation();
  const { api } = useSite();
  const { data, error, reload } = useAdmin('admin:bans');
  const { act, busy, error: refused } = useAct();
  const [kind, setKind] = useState<Kind>('user');
  const [given, setGiven] = useState('');
  const [reason, setReason] = useState('');
  const [life, setLife] = useState<Life>('forever');
  const target = toTarget(kind, given.trim());
  return (
    <>
      <section className={styles['section']} aria-labelledby="ban-title">
        <h2 id="ban-title">{t('admin.ban.title')}</h2>
        <form
          className={styles['form']}
          onSubmit={(event) => {
            event.preventDefault();
            if (!target) return;
            act(askAdmin(api, 'admin:ban', { target, reason, lifeMs: lives[life] }), () => {
              setGiven('');
              setReason('');
              reload();
            });
          }}
        >
          <div className={styles['choice']}>
            <span>{t('admin.ban.kind')}</span>
            <Select
              label={t('admin.ban.kind')}
              value={kind}
              options={kinds.map((option) => [option, t(`admin.ban.${option}`)] as const)}
              onChange={setKind}
            />
          </div>
          <TextField
            label={t(`admin.ban.${kind}Label`)}
            value={given}
            maxLength={100}
            {...(kind === 'address' && { hint: t('admin.ban.addressHint') })}
            onChange={(event) => {
              setGiven(event.target.value);
            }}
          />
          <TextField
            label={t('admin.ban.reason')}
            value={reason}
            maxLength={400}
            onChange={(event) => {
              setReason(event.target.value);
            }}
          />
          <div className={styles['choice']}>
            <span>{t('admin.ban.life')}</span>
            <Select
              label={t('admin.ban.life')}
              value={life}
              options={lifeNames.map((name) => [name, name === 'forever' ? t('admin.ban.forever') : t(`admin.invite.${name}`)] as const)} // prettier-ignore
              onChange={setLife}
            />
          </div>
          <Button type="submit" look="danger" busy={busy} disabled={!target}>
            {t('admin.ban.create')}
          </Button>
          {refused && <ErrorCallout error={refused} />}
        </form>
      </section>
      <section className={styles['section']} aria-labelledby="bans-title">
        <h2 id="bans-title">{t('admin.ban.list')}</h2>
        {error && <ErrorCallout error={error} />}
        {data?.bans.length === 0 && <p className={text['meta']}>{t('admin.none')}</p>}
        {data && data.bans.length > 0 && (
          <ul>
            {data.bans.map((ban) => (
              <BanLine key={ban.id} ban={ban} onGone={reload} />
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function BanLine({ ban, onGone }: { ban: Ban; onGone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(60_000);
  const { api } = useSite();
  const { act, error } = useAct();
  const { id, kind, label, reason, at, by, expiresAt } = ban;
  return (
    <ListLine
      title={label}
      facts={[
        t(`admin.ban.${kind}`),
        reason,
        `${format.ago(at, now)} ${t('admin.by', { name: by })}`,
        expiresAt === null ? t('admin.ban.forever') : t('admin.ban.until', { when: format.moment(expiresAt, now) }),
      ]}
      error={error}
      end={{
        label: t('admin.ban.lift', { label }),
        title: t('admin.ban.liftTitle', { label }),
        keep: t('admin.ban.keep'),
        confirm: t('admin.ban.liftIt'),
        onConfirm: () => {
          act(askAdmin(api, 'admin:unban', { id }), onGone);
        },
      }}
    />
  );
}
