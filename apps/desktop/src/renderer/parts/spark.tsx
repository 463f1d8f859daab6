import { classNames } from './class-names.js';
import styles from './spark.module.css';

const width = 180;
const height = 24;

/** A line of recent speeds under the numbers that it belongs to; it says nothing that they do not. */
export function Spark({ values }: { values: readonly number[] }) {
  const top = Math.max(1, ...values);
  const idle = values.every((value) => value === 0);
  const step = values.length > 1 ? width / (values.length - 1) : width;
  const points = values.map(
    (value, index) => `${(index * step).toFixed(1)} ${(height - 2 - (value / top) * (height - 6)).toFixed(1)}`,
  );
  const line =
    points.length > 1 ? `M${points.join('L')}` : `M0 ${String(height - 2)}L${String(width)} ${String(height - 2)}`;
  return (
    <svg
      className={classNames(styles['spark'], idle && styles['idle'])}
      viewBox={`0 0 ${String(width)} ${String(height)}`}
      preserveAspectRatio="none"
      aria-hidden
    >
      <path className={styles['area']} d={`${line}L${String(width)} ${String(height)}L0 ${String(height)}Z`} />
      <path className={styles['line']} d={line} />
    </svg>
  );
}
