import { useMemo } from 'react';
import { encode } from 'uqr';
import styles from './send.module.css';

/** A QR code on its own light ground, in one path. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const { size: modules, data } = encode(text, { ecc: 'M', border: 0 });
    return { size: modules, path: data.map(toRuns).join('') };
  }, [text]);
  return (
    <svg
      className={styles['qr']}
      viewBox={`0 0 ${String(size)} ${String(size)}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={path} fill="var(--qr-module)" />
    </svg>
  );
}

/** The dark runs of one row, as the drawing of rectangles. */
function toRuns(row: readonly boolean[], y: number): string {
  let runs = '';
  for (let x = 0; x < row.length; x++) {
    const start = x;
    while (row[x] === true) x++;
    if (x > start) runs += `M${String(start)} ${String(y)}h${String(x - start)}v1h-${String(x - start)}z`;
  }
  return runs;
}
