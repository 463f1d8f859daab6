import type { SortColumn, Window } from '@enxame/shared/tracker/catalogue-query';
import { isSteady, type CatalogueOrders } from './catalogue-orders.js';
import type { Place } from './catalogue-place.js';
import { tieColumn, type RankCounts } from './catalogue-rank.js';
import type { SortedList } from './sorted-list.js';

/** A result that is a good part of the whole catalogue. It has no order of its own. */
export interface BroadResult {
  readonly count: number;
  has(row: number): boolean;
  // For the columns that are not steady.
  /** Of a row that is in the result. */
  rankOf(row: number): number;
  rankCounts(): RankCounts;
  /** The rows of each rank that is asked for. */
  collect(ranks: ReadonlySet<number>): Map<number, number[]>;
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
  if (isSteady(column))
    return takeWhere(orders.list(column), descending, window, result.count, (row) => result.has(row));
  return readRanks(orders, descending, window, result, result.rankCounts());
}

/** The rows of a broad result behind a place, in the order asked for. (T71) */
export function readBroadBehind(
  orders: CatalogueOrders,
  column: SortColumn,
  descending: boolean,
  place: Place,
  limit: number,
  result: BroadResult,
): number[] {
  const steady = isSteady(column) ? column : tieColumn;
  const list = orders.list(steady);
  const compareTo = orders.compareTo(steady, place);
  if (isSteady(column)) return takeBehind(list, descending, compareTo, limit, (row) => result.has(row));
  // The rest of the place's own rank, then the ranks behind it from their beginning.
  const isOfRank = (row: number): boolean => result.has(row) && result.rankOf(row) === place.rank;
  const counts = result.rankCounts();
  const ofRank = counts.get(place.rank) ?? 0;
  const rows =
    ofRank === 0
      ? []
      : ofRank <= sortedRows
        ? sortBehind(result.collect(new Set([place.rank])).get(place.rank) ?? [], orders, descending, compareTo)
        : takeBehind(list, descending, compareTo, limit, isOfRank);
  const behind = new Map([...counts].filter(([rank]) => (descending ? rank < place.rank : rank > place.rank)));
  const window = { offset: 0, limit: Math.max(0, limit - rows.length) };
  return [...rows.slice(0, limit), ...readRanks(orders, descending, window, result, behind)];
}

function sortBehind(
  rows: number[],
  orders: CatalogueOrders,
  descending: boolean,
  compareTo: (row: number) => number,
): number[] {
  const behind = rows.filter((row) => (descending ? compareTo(row) < 0 : compareTo(row) > 0));
  behind.sort(orders.compare[tieColumn]);
  return descending ? behind.reverse() : behind;
}

/** At most `limit` items of a list behind a place, of those that `isIn` takes. */
export function takeBehind(
  list: SortedList<number>,
  descending: boolean,
  compareTo: (row: number) => number,
  limit: number,
  isIn: (row: number) => boolean = () => true,
): number[] {
  const rows: number[] = [];
  if (limit === 0) return rows;
  const take = (row: number): boolean => {
    if (isIn(row)) rows.push(row);
    return rows.length < limit;
  };
  if (descending) list.forEachBefore((row) => compareTo(row) < 0, take);
  else list.forEachFrom((row) => compareTo(row) <= 0, take);
  return rows;
}

function readRanks(
  orders: CatalogueOrders,
  descending: boolean,
  window: Window,
  result: BroadResult,
  counts: RankCounts,
): number[] {
  const parts = toParts(counts, descending, window);
  const few = result.collect(new Set(parts.filter(({ count }) => count <= sortedRows).map(({ rank }) => rank)));
  return parts.flatMap(({ rank, count, window: part }) => {
    const rows = few.get(rank);
    if (!rows) {
      const isOfRank = (row: number): boolean => result.has(row) && result.rankOf(row) === rank;
      return takeWhere(orders.list(tieColumn), descending, part, count, isOfRank);
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

/** The window among the `count` rows of a list that `isIn` takes. */
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
