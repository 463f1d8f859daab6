import type { Window } from '@enxame/shared/tracker/catalogue-query';
import { readBroadBehind, readBroadWindow } from './broad-window.js';
import type { Place } from './catalogue-place.js';
import {
  countLeadingRanks,
  countRanks,
  createCompare,
  createRankedCompareTo,
  createRankOf,
  type RankCounts,
} from './catalogue-rank.js';
import type { Matches } from './catalogue-search.js';
import type { ViewParts } from './catalogue-view.js';

/** Reads one window of a result that nobody watches. */
export function readOnce(
  parts: ViewParts,
  { rows, scores, leading = 0 }: Matches,
  descending: boolean,
  window: Window,
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
  return readBroadWindow(orders, column, descending, window, { count: rows.length, scores, rankOf, rankCounts });
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
  const rankCounts = (): RankCounts => countRanks(rows, scores, rankOf);
  if (rows.length > narrowRows) {
    const result = { count: rows.length, scores, rankOf, rankCounts };
    return readBroadBehind(orders, column, descending, place, limit, result);
  }
  const scoreOf = (row: number): number => scores[row] as number;
  const compareTo = createRankedCompareTo(table, orders, column, scoreOf, place);
  const behind = Array.from(rows).filter((row) => (descending ? compareTo(row) < 0 : compareTo(row) > 0));
  behind.sort(createCompare(table, orders, column, scoreOf));
  if (descending) behind.reverse();
  return behind.slice(0, limit);
}
