import { apiRoutes } from '@enxame/shared/tracker/api';
import type { Stats } from '@enxame/shared/tracker/stats';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { FileIcon } from '@enxame/ui/parts/file-icon';
import { FileName } from '@enxame/ui/parts/file-name';
import { useNow } from '@enxame/ui/hooks/use-now';
import text from '@enxame/ui/parts/text.module.css';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../api/use-ask.js';
import { SignInPage } from '../session/sign-in-page.js';
import { useMember, useSite } from '../shell/site-context.js';
import { OnlineGraph } from './online-graph.js';
import styles from './stats-page.module.css';

/** What the tracker has counted. */
export function StatsPage() {
  const { t } = useTranslation();
  const { api } = useSite();
  const member = useMember();
  const { data, error, reload } = useAsk(
    useCallback((signal) => api.ask({ path: '/stats', reply: apiRoutes.stats.reply, signal }), [api]),
  );
  if (error?.code === 'unauthorized' && !member) return <SignInPage isWall />;
  return (
    <div className={styles['page']}>
      <h1>{t('stats.title')}</h1>
      {error && <ErrorCallout error={error} actions={<Button onClick={reload}>{t('common.tryAgain')}</Button>} />}
      {!data && !error && <p className={text['meta']}>{t('common.loading')}</p>}
      {data && <Counts stats={data} />}
    </div>
  );
}

function Counts({ stats }: { stats: Stats }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(60_000);
  const { bytes } = stats;
  const figures = [
    [format.number(stats.usersOnline), t('stats.onlineNow', { count: stats.users })],
    [format.number(stats.entries), t('stats.entries')],
    [format.bytes(stats.contentBytes), t('stats.content')],
    [format.bytes(stats.hostedBytes), t('stats.hosted')],
    [format.number(stats.downloads), t('stats.downloads')],
    [format.number(stats.links), t('stats.links')],
  ] as const;
  const moved = bytes.direct + bytes.relayed + bytes.hosted;
  const ways = [
    [t('stats.direct'), bytes.direct],
    [t('stats.relayed'), bytes.relayed],
    [t('stats.byServer'), bytes.hosted],
  ] as const;
  return (
    <>
      <ul className={styles['figures']}>
        {figures.map(([value, word]) => (
          <li key={word}>
            <b>{value}</b> <span>{word}</span>
          </li>
        ))}
      </ul>
      <section aria-labelledby="online-title" className={styles['section']}>
        <h2 id="online-title">{t('stats.online')}</h2>
        {stats.online.length > 1 ? (
          <OnlineGraph points={stats.online} />
        ) : (
          <p className={text['meta']}>{t('stats.noGraph')}</p>
        )}
      </section>
      <section aria-labelledby="moved-title" className={styles['section']}>
        <h2 id="moved-title">{t('stats.moved')}</h2>
        <ul className={styles['ways']}>
          {ways.map(([word, value]) => (
            <li key={word}>
              <span>{word}</span>
              <span aria-hidden className={styles['meter']}>
                <span style={{ width: `${String(moved === 0 ? 0 : (value / moved) * 100)}%` }} />
              </span>
              <span>{format.bytes(value)}</span>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="top-title" className={styles['section']}>
        <h2 id="top-title">{t('stats.top')}</h2>
        {stats.topDownloads.length === 0 && <p className={text['meta']}>{t('stats.noTop')}</p>}
        <ol className={styles['top']}>
          {stats.topDownloads.map(({ contentId, name, downloads, bytes: size }) => (
            <li key={contentId}>
              <FileIcon name={name} />
              <FileName name={name} />
              <span>{format.bytes(size)}</span>
              <span>{t('mine.downloads', { count: downloads })}</span>
            </li>
          ))}
        </ol>
      </section>
      <section className={styles['section']} aria-labelledby="linked-title">
        <h2 id="linked-title">{t('stats.linked')}</h2>
        <p className={text['meta']}>{t('stats.noLinked')}</p>
      </section>
      <p className={text['meta']}>{t('stats.since', { when: format.ago(stats.since, now) })}</p>
    </>
  );
}
