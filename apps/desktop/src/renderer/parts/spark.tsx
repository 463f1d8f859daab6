import { classNames } from '@enxame/ui/class-names';
import styles from './spark.module.css';

const width = 180;
const height = 24;

interface Props {
  /** Filled: what is received. */
  readonly down: readonly number[];
  /** Dashed: what is sent. */
  readonly up: readonly number[];
}

/** Lines of recent speeds under the numbers that they belong to; they say nothing that the numbers do not. */
export function Spark({ down, up }: Props) {
  const top = Math.max(1, ...down, ...up);
  const downLine = lineOf(down, top);
  return (
    <svg
      className={classNames(styles['spark'], isIdle(down) && styles['idle'])}
      viewBox={`0 0 ${String(width)} ${String(height)}`}
      preserveAspectRatio="none"
      aria-hidden
    >
      <path className={styles['area']} d={`${downLine}L${String(width)} ${String(height)}L0 ${String(height)}Z`} />
      <path className={styles['line']} d={downLine} />
      {!isIdle(up) && <path className={styles['up']} d={lineOf(up, top)} />}
    </svg>
  );
}

const isIdle = (values: readonly number[]): boolean => values.every((value) => value === 0);

function lineOf(values: readonly number[], top: number): string {
  const step = values.length > 1 ? width / (values.length - 1) : width;
  const points = values.map(
    (value, index) => `${(index * step).toFixed(1)} ${(height - 2 - (value / top) * (height - 6)).toFixed(1)}`,
  );
  return points.length > 1 ? `M${points.join('L')}` : `M0 ${String(height - 2)}L${String(width)} ${String(height - 2)}`;
}
