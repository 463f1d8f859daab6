import type { AdminSettings } from '@enxame/shared/tracker/admin';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { TextField } from '@enxame/ui/parts/field';
import text from '@enxame/ui/parts/text.module.css';
import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api/use-act.js';
import { useSite } from '../shell/site-context.js';
import { askAdmin, useAdmin, type AdminReply } from './admin-api.js';
import { ListLine } from './list-line.js';
import styles from './admin.module.css';

const gigabyte = 1e9;
const limits = { perUser: 'hostedBytesPerUser', inAll: 'hostedBytesInAll', cache: 'hostedBytesForCache' } as const;
type Limit = keyof typeof limits;
const toText = (bytes: number): string => String(Math.round(bytes / 1e7) / 100);
/** Undefined for what is no number. */
function toBytes(given: string): number | undefined {
  const amount = Number(given.replace(',', '.'));
  return given.trim() === '' || !Number.isFinite(amount) || amount < 0 ? undefined : Math.round(amount * gigabyte);
}

/** How much may be kept on the server. */
export function RoomPart() {
  const { t } = useTranslation();
  const { data, error, reload } = useAdmin('admin:read');
  return (
    <>
      {error && <ErrorCallout error={error} actions={<Button onClick={reload}>{t('common.tryAgain')}</Button>} />}
      {!data && !error && <p className={text['meta']}>{t('common.loading')}</p>}
      {data && <Limits settings={data.settings} onChanged={reload} />}
      {data && <Quotas quotas={data.quotas} onChanged={reload} />}
    </>
  );
}

function Limits({ settings, onChanged }: { settings: AdminSettings; onChanged: () => void }) {
  const { t } = useTranslation();
  const { api } = useSite();
  const { act, error, busy } = useAct();
  const [given, setGiven] = useState<Partial<Record<Limit, string>>>({});
  const [isSaved, setIsSaved] = useState(false);
  const changes = (Object.entries(given) as [Limit, string][]).map(([name, value]) => [limits[name], toBytes(value)]);
  return (
    <section className={styles['section']} aria-labelledby="room-title">
      <h2 id="room-title">{t('admin.quota.title')}</h2>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          act(askAdmin(api, 'admin:configure', Object.fromEntries(changes) as Partial<AdminSettings>), () => {
            setGiven({});
            setIsSaved(true);
            onChanged();
          });
        }}
      >
        {(Object.keys(limits) as Limit[]).map((name) => (
          <TextField
            key={name}
            label={t(`admin.quota.${name}`)}
            inputMode="decimal"
            value={given[name] ?? toText(settings[limits[name]])}
            {...(name === 'cache' && { hint: t('admin.quota.cacheHint') })}
            onChange={({ target }) => {
              setIsSaved(false);
              setGiven({ ...given, [name]: target.value });
            }}
          />
        ))}
        <Button
          type="submit"
          busy={busy}
          disabled={changes.length === 0 || changes.some(([, bytes]) => bytes === undefined)}
        >
          {t('admin.save')}
        </Button>
        {isSaved && <p role="status">{t('admin.saved')}</p>}
        {error && <ErrorCallout error={error} />}
      </form>
    </section>
  );
}

function Quotas({ quotas, onChanged }: { quotas: AdminReply<'admin:read'>['quotas']; onChanged: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { api } = useSite();
  const { act, error, busy } = useAct();
  const [name, setName] = useState('');
  const [amount, setAmount] = useState('');
  const hostedBytes = toBytes(amount);
  const set = (person: string, bytes: number | null): void => {
    act(askAdmin(api, 'admin:quota', { name: person, hostedBytes: bytes }), () => {
      setName('');
      setAmount('');
      onChanged();
    });
  };
  return (
    <section className={styles['section']} aria-labelledby="quotas-title">
      <h2 id="quotas-title">{t('admin.quota.own')}</h2>
      {quotas.length === 0 && <p className={text['meta']}>{t('admin.none')}</p>}
      <ul>
        {quotas.map(({ user, hostedBytes: bytes }) => {
          const label = t('admin.quota.clear', { name: user.name });
          return (
            <ListLine
              key={user.id}
              title={user.name}
              facts={[format.bytes(bytes)]}
              error={null}
              actions={
                <Button
                  look="ghost"
                  aria-label={label}
                  title={label}
                  onClick={() => {
                    set(user.name, null);
                  }}
                >
                  <RotateCcw size={16} strokeWidth={1.75} aria-hidden />
                </Button>
              }
            />
          );
        })}
      </ul>
      <form
        className={styles['row']}
        onSubmit={(event) => {
          event.preventDefault();
          if (hostedBytes !== undefined) set(name.trim(), hostedBytes);
        }}
      >
        <TextField
          label={t('admin.quota.name')}
          value={name}
          maxLength={100}
          onChange={({ target }) => {
            setName(target.value);
          }}
        />
        <TextField
          label={t('admin.quota.bytes')}
          inputMode="decimal"
          value={amount}
          onChange={({ target }) => {
            setAmount(target.value);
          }}
        />
        <Button type="submit" size="large" busy={busy} disabled={name.trim() === '' || hostedBytes === undefined}>
          {t('admin.quota.set')}
        </Button>
      </form>
      {error && <ErrorCallout error={error} />}
    </section>
  );
}
