import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/i18n-context.js';
import { classNames } from '../parts/class-names.js';
import { historySeconds } from './speed-history.js';
import styles from './speed-graph.module.css';

const left = 26;
const width = 264;
const top = 8;
const bottom = 92;

/** The speed of the last two minutes, under a round top value; a stall shows as one. */
export function SpeedGraph({ values, sending }: { values: readonly number[]; sending: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const peak = roundUp(Math.max(...values, 1000) / 1e6);
  const x = (index: number): number => width - ((values.length - 1 - index) / (historySeconds - 1)) * (width - left);
  const y = (value: number): number => bottom - (value / 1e6 / peak) * (bottom - top);
  const points = values.map((value, index) => `${x(index).toFixed(1)} ${y(value).toFixed(1)}`);
  const lines = [0, peak / 2, peak];
  return (
    <svg
      className={classNames(styles['graph'], sending && styles['up'])}
      viewBox={`0 0 ${String(width)} 112`}
      role="img"
      aria-label={t('transfers.speedLabel', { now: format.rate(values.at(-1) ?? 0) })}
    >
      {lines.map((value) => (
        <g key={value}>
          <path className={styles['gridLine']} d={`M${String(left)} ${String(y(value * 1e6))}H${String(width)}`} />
          <text x={left - 6} y={y(value * 1e6) + 4} textAnchor="end">
            {value === 0 || value >= 10 ? format.number(value) : format.megabytesPerSecond(value * 1e6)}
          </text>
        </g>
      ))}
      {points.length > 1 && (
        <>
          <path
            className={styles['area']}
            d={`M${points.join('L')}L${String(width)} ${String(bottom)}L${x(0).toFixed(1)} ${String(bottom)}Z`}
          />
          <path className={styles['curve']} d={`M${points.join('L')}`} />
        </>
      )}
      <text x={left} y={108}>
        {t('transfers.agoTwoMin')}
      </text>
      <text x={width} y={108} textAnchor="end">
        {t('transfers.now')}
      </text>
    </svg>
  );
}

/** The next of 1, 2, 4, 6, 8 times a power of ten: halves of these read well. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 4, 6, 8, 10].find((step) => step * power >= value) ?? 10);
}
