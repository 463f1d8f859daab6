import { ArrowDown, ArrowUp, CalendarClock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Hint } from '@enxame/ui/parts/field';
import { RateField } from '../parts/rate-field.js';
import { useNow } from '@enxame/ui/hooks/use-now';
import { useApp } from '../shell/app-context.js';
import { toHash } from '../shell/route.js';
import { SpeedGraph } from '../transfers/speed-graph.js';
import styles from './limits-panel.module.css';
import { useLimits, useLimitsWords } from './use-limits.js';

/** All speeds of the last two minutes, and what holds them back. */
export function LimitsPanel({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation();
  const { speeds } = useApp();
  const format = useFormat();
  const now = useNow(1000);
  const [status, change] = useLimits();
  const words = useLimitsWords();
  const scheduled = status !== null && !isSame(status.inForce, status.limits.always);
  return (
    <div className={styles['panel']}>
      <section>
        <h2>
          {t('transfers.speed', { unit: 'MB/s' })}
          <span className={styles['keys']} aria-hidden>
            <i className={styles['down']} /> {t('transfers.graphKeyDown')}
            <i className={styles['up']} /> {t('transfers.graphKeyUp')}
          </span>
        </h2>
        <SpeedGraph down={speeds.series('receive', now)} up={speeds.series('send', now)} />
      </section>
      {status && (
        <section>
          <h2>{scheduled ? t('limits.usual') : t('limits.title')}</h2>
          <div className={styles['fields']}>
            <RateField
              icon={<ArrowDown size={14} aria-hidden />}
              label={t('limits.receiveUpTo')}
              value={status.limits.always.receive}
              onChange={(receive) => {
                change({ always: { ...status.limits.always, receive } });
              }}
            />
            <RateField
              icon={<ArrowUp size={14} aria-hidden />}
              label={t('limits.sendUpTo')}
              value={status.limits.always.send}
              onChange={(send) => {
                change({ always: { ...status.limits.always, send } });
              }}
            />
          </div>
          <Hint>
            {scheduled
              ? t('limits.scheduledNow', { words: words(status, now).long })
              : status.changesAt === null
                ? t('limits.noSchedule')
                : t('limits.scheduleFrom', { time: format.moment(status.changesAt, now) })}
          </Hint>
        </section>
      )}
      <a className={styles['link']} href={toHash('settings', 'limits')} onClick={onLeave}>
        <CalendarClock size={16} strokeWidth={1.75} aria-hidden />
        {t('limits.toSchedule')}
      </a>
    </div>
  );
}

const isSame = (
  a: { send: number | null; receive: number | null },
  b: { send: number | null; receive: number | null },
): boolean => a.send === b.send && a.receive === b.receive;
