import type { SortColumn, Window } from '@enxame/shared/tracker/catalogue-query';
import { isSteady, type CatalogueOrders } from './catalogue-orders.js';
import { tieColumn, type RankCounts, type RankOf } from './catalogue-rank.js';
import type { SortedList } from './sorted-list.js';

/** A result that is a good part of the whole catalogue. It has no order of its own. */
export interface BroadResult {
  readonly count: number;
  /** By row: how well it fits; 0 for all that is not in the result. */
  readonly scores: Uint8Array;
  /** For the columns that are not steady. */
  readonly rankOf: RankOf;
  readonly rankCounts: () => RankCounts;
}

/**
 * The rows of a window of a broad result: walks the order of the whole catalogue from the nearer end and passes over
 * what is not in the result, which is not much.
 */
export function readBroadWindow(
  orders: CatalogueOrders,
  column: SortColumn,
  descending: boolean,
  { offset, limit }: Window,
  result: BroadResult,
): number[] {
  const { count, scores, rankOf } = result;
  if (isSteady(column)) {
    const isIn = (row: number): boolean => (scores[row] ?? 0) !== 0;
    return takeWhere(orders.list(column), descending, { offset, limit }, count, isIn);
  }
  const ranks = [...result.rankCounts()].sort(([left], [right]) => (descending ? right - left : left - right));
  const rows: number[] = [];
  let before = 0;
  for (const [rank, rankCount] of ranks) {
    if (rows.length >= limit) break;
    if (before + rankCount > offset) {
      const part = { offset: Math.max(0, offset - before), limit: limit - rows.length };
      const isIn = (row: number): boolean => (scores[row] ?? 0) !== 0 && rankOf(row, scores[row] as number) === rank;
      rows.push(...takeWhere(orders.list(tieColumn), descending, part, rankCount, isIn));
    }
    before += rankCount;
  }
  return rows;
}

/** The window among the `count` items of a list that are in. */
function takeWhere(
  list: SortedList<number>,
  descending: boolean,
  { offset, limit }: Window,
  count: number,
  isIn: (row: number) => boolean,
): number[] {
  const end = Math.min(offset + limit, count);
  if (offset >= end) return [];
  const isFromBehind = count - end < offset;
  let skip = isFromBehind ? count - end : offset;
  const rows: number[] = [];
  list.walk(descending !== isFromBehind, (row) => {
    if (!isIn(row)) return true;
    if (skip > 0) skip--;
    else rows.push(row);
    return rows.length < end - offset;
  });
  return isFromBehind ? rows.reverse() : rows;
}
