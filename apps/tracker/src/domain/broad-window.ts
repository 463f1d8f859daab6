import type { SortColumn, Window } from '@enxame/shared/tracker/catalogue-query';
import { isSteady, type CatalogueOrders } from './catalogue-orders.js';
import { tieColumn, type RankCounts, type RankOf } from './catalogue-rank.js';
import type { SortedList } from './sorted-list.js';

/** A result that is a good part of the whole catalogue. It has no order of its own. */
export interface BroadResult {
  readonly count: number;
  /** By row: how well it fits; 0 for all that is not in the result. */
  readonly scores: Uint8Array;
  /** Which of those that score are asked for; otherwise all. */
  readonly isIn?: (row: number) => boolean;
  /** For the columns that are not steady. */
  readonly rankOf: RankOf;
  readonly rankCounts: () => RankCounts;
}

/** Rows of one rank that are sorted rather than looked for in the order of all. */
const sortedRows = 4096;

/** Which of the rows of one rank are in the window. */
interface RankPart {
  readonly rank: number;
  readonly count: number;
  readonly window: Window;
}

/**
 * The rows of a window of a broad result: walks the order of the whole catalogue from the nearer end and passes over
 * what is not in the result, which is not much.
 */
export function readBroadWindow(
  orders: CatalogueOrders,
  column: SortColumn,
  descending: boolean,
  window: Window,
  result: BroadResult,
): number[] {
  const { scores, rankOf, isIn = () => true } = result;
  if (isSteady(column)) return takeWhere(orders.list(column), descending, window, result.count, scores, isIn);
  const parts = toParts(result.rankCounts(), descending, window);
  const few = collect(result, new Set(parts.filter(({ count }) => count <= sortedRows).map(({ rank }) => rank)));
  return parts.flatMap(({ rank, count, window: part }) => {
    const rows = few.get(rank);
    if (!rows) {
      const isOfRank = (row: number): boolean => rankOf(row, scores[row] as number) === rank && isIn(row);
      return takeWhere(orders.list(tieColumn), descending, part, count, scores, isOfRank);
    }
    rows.sort(orders.compare[tieColumn]);
    if (descending) rows.reverse();
    return rows.slice(part.offset, part.offset + part.limit);
  });
}

function toParts(counts: RankCounts, descending: boolean, { offset, limit }: Window): RankPart[] {
  const parts: RankPart[] = [];
  let before = 0;
  let left = limit;
  for (const [rank, count] of [...counts].sort(([a], [b]) => (descending ? b - a : a - b))) {
    if (left === 0) break;
    if (before + count > offset) {
      const start = Math.max(0, offset - before);
      const taken = Math.min(left, count - start);
      parts.push({ rank, count, window: { offset: start, limit: taken } });
      left -= taken;
    }
    before += count;
  }
  return parts;
}

/** The rows of some ranks, in one look at all. */
function collect(
  { scores, rankOf, isIn = () => true }: BroadResult,
  wanted: ReadonlySet<number>,
): Map<number, number[]> {
  const found = new Map<number, number[]>([...wanted].map((rank) => [rank, []]));
  if (wanted.size === 0) return found;
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row] as number;
    if (score === 0) continue;
    const rows = found.get(rankOf(row, score));
    if (rows && isIn(row)) rows.push(row);
  }
  return found;
}

/** The window among the `count` rows of a list that score and that `isIn` takes. */
function takeWhere(
  list: SortedList<number>,
  descending: boolean,
  { offset, limit }: Window,
  count: number,
  scores: Uint8Array,
  isIn: (row: number) => boolean,
): number[] {
  const end = Math.min(offset + limit, count);
  if (offset >= end) return [];
  const isFromBehind = count - end < offset;
  let skip = isFromBehind ? count - end : offset;
  const rows: number[] = [];
  list.walk(descending !== isFromBehind, (row) => {
    if (scores[row] === 0 || scores[row] === undefined || !isIn(row)) return true;
    if (skip > 0) skip--;
    else rows.push(row);
    return rows.length < end - offset;
  });
  return isFromBehind ? rows.reverse() : rows;
}
