import type { Window } from '@enxame/shared/tracker/catalogue-query';
import { readBroadWindow } from './broad-window.js';
import { isSteady } from './catalogue-orders.js';
import { createCompareTo, type Place } from './catalogue-place.js';
import { countLeadingRanks, countRanks, createCompare, createRankOf, type RankCounts } from './catalogue-rank.js';
import type { Matches } from './catalogue-search.js';
import type { ViewParts } from './catalogue-view.js';

/** Reads one window of a result that nobody watches. */
export function readOnce(
  parts: ViewParts,
  { rows, scores, leading = 0 }: Matches,
  descending: boolean,
  window: Window,
  isIn: (row: number) => boolean = () => true,
): number[] {
  const { table, orders, column, narrowRows } = parts;
  if (rows.length <= narrowRows) {
    const sorted = Array.from(rows).sort(createCompare(table, orders, column, (row) => scores[row] as number));
    if (descending) sorted.reverse();
    return sorted.slice(window.offset, window.offset + window.limit);
  }
  const rankOf = createRankOf(table, column);
  const needed = window.offset + window.limit;
  const isEnough = descending && leading >= needed;
  const rankCounts = (): RankCounts =>
    column === 'relevance'
      ? countLeadingRanks(isEnough ? rows.subarray(0, leading) : rows, scores, rankOf, { descending, needed })
      : countRanks(rows, scores, rankOf);
  return readBroadWindow(orders, column, descending, window, { count: rows.length, scores, isIn, rankOf, rankCounts });
}

/** The rows behind a place, in the order asked for. (T71) */
export function readBehind(
  parts: ViewParts,
  { rows, scores }: Matches,
  descending: boolean,
  place: Place,
  limit: number,
): number[] {
  const { table, orders, column, narrowRows } = parts;
  const rankOf = createRankOf(table, column);
  const compareTo = createCompareTo(table, column, (row) => rankOf(row, scores[row] as number), place);
  const isBehind = (row: number): boolean => (descending ? compareTo(row) < 0 : compareTo(row) > 0);
  if (isSteady(column) && rows.length > narrowRows) {
    const found: number[] = [];
    const take = (row: number): boolean => {
      if ((scores[row] ?? 0) > 0) found.push(row);
      return found.length < limit;
    };
    if (descending) orders.list(column).forEachBefore((row) => compareTo(row) < 0, take);
    else orders.list(column).forEachFrom((row) => compareTo(row) <= 0, take);
    return found;
  }
  return readOnce(parts, { rows: rows.filter(isBehind), scores }, descending, { offset: 0, limit }, isBehind);
}
