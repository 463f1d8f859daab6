import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { useTokens } from '@enxame/ui/theme/use-tokens';
import styles from './speed-graph.module.css';
import { historySeconds } from './speed-history.js';
import { topOf } from './speed-scale.js';

interface Props {
  /** Bytes a second, one number a second, the last one is now. Filled. */
  readonly down?: readonly number[];
  /** Dashed. */
  readonly up?: readonly number[];
}

const height = 104;
const axisWidth = 34;
const none: readonly number[] = [];

/** The speed of the last two minutes, under a round top value; a stall shows as one. */
export function SpeedGraph({ down = none, up = none }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot>(null);
  const tokens = useTokens('--honey', '--text-2', '--text-3', '--line', '--font');
  const labels = useRef(format);
  const data = useMemo<UPlot.AlignedData>(() => [seconds, padded(down), padded(up)], [down, up]);
  const latest = useRef(data);
  useEffect(() => {
    labels.current = format;
    latest.current = data;
    plot.current?.setData(data);
  }, [format, data]);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const made = new UPlot(optionsOf(element.clientWidth, tokens, labels), latest.current, element);
    plot.current = made;
    const resize = new ResizeObserver(() => {
      made.setSize({ width: element.clientWidth, height });
    });
    resize.observe(element);
    return () => {
      resize.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [tokens]);
  const said = [
    ...(down.length > 0
      ? [t('transfers.graphDown', { now: format.rate(down.at(-1) ?? 0), ...range(down, format) })]
      : []),
    ...(up.length > 0 ? [t('transfers.graphUp', { now: format.rate(up.at(-1) ?? 0), ...range(up, format) })] : []),
  ].join('; ');
  return (
    <figure className={styles['graph']}>
      <div ref={box} className={styles['plot']} role="img" aria-label={t('transfers.graphLabel', { said })} />
      <figcaption className={styles['axis']} aria-hidden>
        <span>{t('transfers.agoTwoMin')}</span>
        <span>{t('transfers.now')}</span>
      </figcaption>
    </figure>
  );
}

const range = (values: readonly number[], format: { rate: (value: number) => string }) => ({
  low: format.rate(Math.min(...values)),
  high: format.rate(Math.max(...values)),
});

/** Always the whole two minutes: what was not yet known is a gap at the left. */
const seconds = Array.from({ length: historySeconds }, (_, index) => index - historySeconds + 1);
const padded = (values: readonly number[]): (number | null)[] => [
  ...Array.from({ length: historySeconds - values.length }, () => null),
  ...values,
];

function optionsOf(
  width: number,
  tokens: Readonly<Record<'--honey' | '--text-2' | '--text-3' | '--line' | '--font', string>>,
  format: { readonly current: { number: (value: number) => string; megabytesPerSecond: (value: number) => string } },
): UPlot.Options {
  return {
    width,
    height,
    padding: [8, 2, 4, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: [1 - historySeconds, 0] },
      y: { range: (_, __, max) => [0, topOf(max)] },
    },
    axes: [
      { show: false },
      {
        size: axisWidth,
        gap: 6,
        font: `11px ${tokens['--font']}`,
        stroke: tokens['--text-3'],
        splits: (_, __, ___, max) => [0, max / 2, max],
        values: (_, splits) =>
          splits.map((value) =>
            value === 0 || value >= 1e7 ? format.current.number(value / 1e6) : format.current.megabytesPerSecond(value),
          ),
        grid: { stroke: tokens['--line'], width: 1 },
        ticks: { show: false },
      },
    ],
    series: [
      {},
      {
        stroke: tokens['--honey'],
        width: 1.5,
        fill: `color-mix(in srgb, ${tokens['--honey']}, transparent 86%)`,
        points: { show: false },
      },
      { stroke: tokens['--text-2'], width: 1.5, dash: [3, 3], points: { show: false } },
    ],
  };
}
