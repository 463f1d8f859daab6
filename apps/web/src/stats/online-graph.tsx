import type { Stats } from '@enxame/shared/tracker/stats';
import { useFormat, useLanguage } from '@enxame/ui/i18n/i18n-context';
import { useTokens } from '@enxame/ui/theme/use-tokens';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import styles from './online-graph.module.css';

const height = 180;
/** Times on the axis stand so far apart that they do not touch. */
const timeSpacePx = 90;

/** How many people were online over the last days. Steps, no smoothing: between two counts nothing is known. */
export function OnlineGraph({ points }: { points: Stats['online'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const language = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  const tokens = useTokens('--ok', '--text-3', '--line', '--font');
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const when = new Intl.DateTimeFormat(language, {
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    const axis = { font: `11px ${tokens['--font']}`, stroke: tokens['--text-3'], ticks: { show: false } };
    const plot = new UPlot(
      {
        width: element.clientWidth,
        height,
        padding: [10, 28, 0, 0],
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { time: true }, y: { range: (_, __, max) => [0, Math.max(4, Math.ceil(max * 1.1))] } },
        axes: [
          {
            ...axis,
            space: timeSpacePx,
            size: 24,
            grid: { show: false },
            values: (_, splits) => splits.map((second) => when.format(second * 1000)),
          },
          {
            ...axis,
            size: 34,
            gap: 6,
            incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000],
            grid: { stroke: tokens['--line'], width: 1 },
          },
        ],
        series: [
          {},
          {
            stroke: tokens['--ok'],
            width: 1.5,
            fill: `color-mix(in srgb, ${tokens['--ok']}, transparent 86%)`,
            points: { show: false },
            ...(UPlot.paths.stepped && { paths: UPlot.paths.stepped({ align: 1 }) }),
          },
        ],
      },
      [points.map(({ at }) => at / 1000), points.map(({ users }) => users)],
      element,
    );
    const resize = new ResizeObserver(() => {
      plot.setSize({ width: element.clientWidth, height });
    });
    resize.observe(element);
    return () => {
      resize.disconnect();
      plot.destroy();
    };
  }, [tokens, language, points]);
  const label = t('stats.graph', {
    now: format.number(points.at(-1)?.users ?? 0),
    most: format.number(Math.max(...points.map(({ users }) => users))),
  });
  return <div ref={box} className={styles['graph']} role="img" aria-label={label} />;
}
