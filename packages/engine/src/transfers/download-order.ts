import { transferPriorities } from '@enxame/shared/engine/transfer';
import type { TransferId } from '@enxame/shared/ids';
import type { DownloadRecord } from './download-record.js';

type Ordered = Pick<DownloadRecord, 'id' | 'priority' | 'order'>;

/** Who goes first: the higher priority, then the order in which the person has them. */
export function compareDownloads(a: Ordered, b: Ordered): number {
  return (
    transferPriorities.indexOf(a.priority) - transferPriorities.indexOf(b.priority) ||
    a.order - b.order ||
    (a.id < b.id ? -1 : 1)
  );
}

/**
 * The changes that put one right before another, with the other's priority; before nothing: last of its own priority. One
 * change, unless there is no number left between two neighbours: then all of that priority are numbered anew.
 */
export function placeBefore(
  records: Iterable<Ordered>,
  moved: Ordered,
  before: Ordered | null,
): Map<TransferId, Pick<DownloadRecord, 'priority' | 'order'>> {
  const priority = before?.priority ?? moved.priority;
  const line = [...records].filter((each) => each.priority === priority && each.id !== moved.id).sort(compareDownloads);
  const index = before ? line.findIndex(({ id }) => id === before.id) : line.length;
  const previous = line[index - 1]?.order;
  const next = line[index]?.order;
  const order = between(previous, next);
  if (order !== undefined) return new Map([[moved.id, { priority, order }]]);
  const renumbered = line.toSpliced(index, 0, moved);
  return new Map(renumbered.map(({ id }, position) => [id, { priority, order: position }]));
}

/** Undefined when there is none that is neither of both. */
function between(previous: number | undefined, next: number | undefined): number | undefined {
  if (previous === undefined) return next === undefined ? 0 : next - 1;
  if (next === undefined) return previous + 1;
  const middle = previous + (next - previous) / 2;
  return middle > previous && middle < next ? middle : undefined;
}
