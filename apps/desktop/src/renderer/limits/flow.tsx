import { ArrowDown, ArrowUp, Gauge } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Popover } from '../parts/popover.js';
import { Spark } from '../parts/spark.js';
import text from '@enxame/ui/parts/text.module.css';
import { useNow } from '@enxame/ui/hooks/use-now';
import { useApp, useStatus } from '../shell/app-context.js';
import styles from './flow.module.css';
import { LimitsPanel } from './limits-panel.js';
import { useLimits, useLimitsWords } from './use-limits.js';

/** The speed of everything, now and in the last two minutes, and what limits it. */
export function Flow() {
  const { t } = useTranslation();
  const { speeds } = useApp();
  const { rates } = useStatus();
  const format = useFormat();
  const [isFlowing, setFlowing] = useState(true);
  const now = useNow(isFlowing ? 1000 : null);
  const [open, setOpen] = useState(false);
  const [status] = useLimits();
  const words = useLimitsWords();
  const down = rates.receiveBytesPerSecond;
  const up = rates.sendBytesPerSecond;
  const [downSeries, upSeries] = [speeds.series('receive', now), speeds.series('send', now)];
  // With nothing on the graph there is nothing to move along: an app that nobody uses wakes up for nothing.
  const isWanted = down > 0 || up > 0 || [...downSeries, ...upSeries].some((value) => value > 0);
  if (isWanted !== isFlowing) setFlowing(isWanted);
  const limited = status !== null && (status.inForce.send !== null || status.inForce.receive !== null);
  return (
    <Popover
      label={t('limits.panel')}
      side="top"
      align="start"
      open={open}
      onOpen={setOpen}
      trigger={
        <button
          type="button"
          className={styles['flow']}
          aria-label={[
            t('nav.speedNow', { down: format.rate(down), up: format.rate(up) }),
            ...(limited ? [words(status, now).long] : []),
          ].join('. ')}
        >
          <span className={styles['row']}>
            <ArrowDown size={14} className={down > 0 ? text['honey'] : undefined} aria-hidden />
            <b>{format.megabytesPerSecond(down)}</b>
            <ArrowUp size={14} aria-hidden />
            {format.megabytesPerSecond(up)}
            <span className={text['faint']}>MB/s</span>
          </span>
          <Spark down={downSeries} up={upSeries} />
          {limited && (
            <span className={styles['limited']}>
              <Gauge size={12} strokeWidth={1.75} aria-hidden />
              <span className={text['cut']}>{words(status, now).short}</span>
            </span>
          )}
        </button>
      }
    >
      {(close) => <LimitsPanel onLeave={close} />}
    </Popover>
  );
}
