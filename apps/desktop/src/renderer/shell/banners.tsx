import type { ErrorCode } from '@enxame/shared/errors/error-codes';
import { Info, PlugZap, TriangleAlert, WifiOff, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDescribeError, useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button, IconButton } from '@enxame/ui/parts/button';
import { classNames } from '@enxame/ui/class-names';
import { useNow } from '@enxame/ui/hooks/use-now';
import { WordsOffer } from '../identity/words-offer.js';
import { useApp } from './app-context.js';
import styles from './banner.module.css';
import { toHash, useRoute } from './route.js';

const plainOffline: ReadonlySet<ErrorCode> = new Set(['tracker-offline', 'tracker-unreachable']);

/** What is wrong with the whole app now, above every page: no engine, no tracker, something to know. */
export function Banners() {
  const { link } = useApp();
  const phase = useStore(link.state, (state) => state.phase);
  return (
    <div>
      {phase === 'open' ? <OfflineBanner /> : <EngineBanner />}
      {phase === 'open' && <WordsOffer />}
      <Notices />
    </div>
  );
}

function EngineBanner() {
  const { t } = useTranslation();
  const { link, bridge } = useApp();
  const { closedAt, nextTryAt } = useStore(link.state);
  const now = useNow(1000);
  const format = useFormat();
  return (
    <div className={styles['banner']} role="status">
      <PlugZap size={16} strokeWidth={1.75} aria-hidden />
      <span>
        <strong>{t('link.stopped')}</strong>{' '}
        {closedAt !== null &&
          t(bridge ? 'link.stoppedHow' : 'link.stoppedHowBrowser', { time: format.moment(closedAt, now) })}{' '}
        {nextTryAt !== null && <Countdown at={nextTryAt} />}
      </span>
      <Button onClick={link.dial}>{t('common.tryNow')}</Button>
    </div>
  );
}

function OfflineBanner() {
  const { t } = useTranslation();
  const { link, status } = useApp();
  const tracker = useStore(status, (state) => state.status?.tracker);
  const { page } = useRoute();
  const now = useNow(30_000);
  const format = useFormat();
  const describe = useDescribeError();
  // The Connection page says it itself, at length.
  if (!tracker || tracker.connected || page === 'connection') return null;
  // That nobody answers is what "no contact" says; anything else is for the person to know, and to decide.
  const { error } = tracker;
  if (error && !plainOffline.has(error.code)) {
    return (
      <div className={styles['banner']} role="alert">
        <TriangleAlert size={16} strokeWidth={1.75} aria-hidden />
        <span>
          <strong>{describe(error).what}</strong> <a href={toHash('connection')}>{t('link.look')}</a>
        </span>
      </div>
    );
  }
  return (
    <div className={styles['banner']} role="status">
      <WifiOff size={16} strokeWidth={1.75} aria-hidden />
      <span>
        <strong>{t('link.offline', { time: format.moment(tracker.since, now) })}</strong>{' '}
        {tracker.nextTryAt !== null && <Countdown at={tracker.nextTryAt} />}
      </span>
      <Button
        onClick={() => {
          link.call('tracker:retry', {}).catch(() => undefined); // how it went comes as status:changed
        }}
      >
        {t('common.tryNow')}
      </Button>
    </div>
  );
}

/** Seconds to a moment. Not read aloud at each tick: the banner's words are, once. */
export function Countdown({ at }: { at: number }) {
  const { t } = useTranslation();
  const now = useNow(500);
  const seconds = Math.ceil((at - now) / 1000);
  return <span aria-hidden>{seconds > 0 ? t('link.nextTry', { count: seconds }) : t('link.tryingNow')}</span>;
}

function Notices() {
  const { t } = useTranslation();
  const { status } = useApp();
  const { notices, dismissNotice } = useStore(status);
  const describe = useDescribeError();
  return notices.map(({ id, error }) => {
    const { what, todo } = describe(error);
    return (
      <div key={id} className={classNames(styles['banner'], styles['notice'])} role="status">
        <Info size={16} strokeWidth={1.75} aria-label={t('link.notice')} />
        <span>
          <strong>{what}</strong> {todo}
        </span>
        <IconButton
          label={t('common.dismiss')}
          onClick={() => {
            dismissNotice(id);
          }}
        >
          <X size={16} aria-hidden />
        </IconButton>
      </div>
    );
  });
}
