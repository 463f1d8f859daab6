import type { FileRow } from './file-row.js';

/** Files chosen together, by key. None: only the row that is selected counts. */
export type Picks = ReadonlyMap<string, FileRow>;

export const noPicks: Picks = new Map();

/** What is done with so many at once still answers at once; and nobody looks through more. */
export const maxPicks = 1000;

interface Rows {
  readonly total: number;
  readonly rowAt: (index: number) => FileRow | undefined;
}

/** Takes a row in or out; the first one that is taken in takes the selected row along. */
export function togglePick(picks: Picks, row: FileRow, selected: FileRow | undefined): Picks {
  const next = new Map(picks);
  if (picks.size === 0 && selected && selected.key !== row.key) next.set(selected.key, selected);
  if (!next.delete(row.key) && next.size < maxPicks) next.set(row.key, row);
  return next.size > 1 ? next : noPicks;
}

/** All rows from one place to another, as far as they are known. */
export function pickRange(rows: Rows, from: number, to: number): Picks {
  const next = new Map<string, FileRow>();
  const last = Math.min(Math.max(from, to), rows.total - 1);
  for (let index = Math.min(from, to); index <= last && next.size < maxPicks; index++) {
    const row = rows.rowAt(index);
    if (row) next.set(row.key, row);
  }
  return next.size > 1 ? next : noPicks;
}
