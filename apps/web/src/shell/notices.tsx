import { apiRoutes } from '@enxame/shared/tracker/api';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { Callout, ErrorCallout } from '@enxame/ui/parts/callout';
import { useNow } from '@enxame/ui/hooks/use-now';
import { Megaphone } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api/use-act.js';
import { usePolled } from '../api/use-polled.js';
import { useSite } from './site-context.js';

const readKey = 'enxame.announcement';
/** An announcement that is older than this is no news for who comes for the first time. */
const newsMs = 30 * 86_400_000;

/** What administrators said, and what they took away, until the person has read it. */
export function Notices() {
  const { t } = useTranslation();
  return (
    <section aria-label={t('notices.region')}>
      <Removed />
      <Announced />
    </section>
  );
}

function Removed() {
  const { t } = useTranslation();
  const { api } = useSite();
  const { data, reload } = usePolled(
    useCallback((signal) => api.ask({ path: '/removals', reply: apiRoutes.removals.reply, signal }), [api]),
  );
  const { act, error, busy } = useAct();
  return (data?.removals ?? []).map(({ id, name, reason }) => (
    <Callout
      key={id}
      kind="warn"
      title={t('notices.removed', { name })}
      actions={
        <Button
          busy={busy}
          onClick={() => {
            const body = { ids: [id] };
            act(api.ask({ method: 'post', path: '/removals/dismiss', body, reply: apiRoutes.dismissRemovals.reply }), reload); // prettier-ignore
          }}
        >
          {t('notices.understood')}
        </Button>
      }
    >
      <p>{reason === '' ? t('notices.removedNoWhy') : t('notices.removedWhy', { reason })}</p>
      {error && <ErrorCallout error={error} />}
    </Callout>
  ));
}

function Announced() {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(60_000);
  const { api } = useSite();
  const [read, setRead] = useState(() => localStorage.getItem(readKey));
  const { data } = usePolled(
    useCallback((signal) => api.ask({ path: '/announcements', reply: apiRoutes.announcements.reply, signal }), [api]),
  );
  const latest = data?.announcements[0];
  if (!latest || latest.id === read || latest.at + newsMs < now) return null;
  return (
    <Callout
      kind="plain"
      icon={<Megaphone size={16} strokeWidth={1.75} aria-hidden />}
      title={t('notices.announced', { name: latest.by, when: format.ago(latest.at, now) })}
      actions={
        <Button
          onClick={() => {
            localStorage.setItem(readKey, latest.id);
            setRead(latest.id);
          }}
        >
          {t('notices.understood')}
        </Button>
      }
    >
      <p dir="auto" style={{ whiteSpace: 'pre-line' }}>
        {latest.text}
      </p>
    </Callout>
  );
}
