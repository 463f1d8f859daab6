import type { Window } from '@enxame/shared/tracker/catalogue-query';
import { BroadMatches } from './broad-matches.js';
import { toScoredResult, toSetResult } from './broad-result.js';
import { readBroadBehind, readBroadWindow, type BroadResult } from './broad-window.js';
import type { Place } from './catalogue-place.js';
import { countRanks, createCompare, createRankedCompareTo, createRankOf } from './catalogue-rank.js';
import type { Matches } from './catalogue-search.js';
import type { ViewParts } from './catalogue-view.js';

export const countOf = (matches: Matches | BroadMatches): number =>
  matches instanceof BroadMatches ? matches.count : matches.rows.length;

/** Reads one window of a result that nobody watches. */
export function readOnce(
  parts: ViewParts,
  matches: Matches | BroadMatches,
  descending: boolean,
  window: Window,
): number[] {
  if (countOf(matches) > parts.narrowRows) {
    const result = toResult(parts, matches, descending, window.offset + window.limit);
    return readBroadWindow(parts.orders, parts.column, descending, window, result);
  }
  const { offset, limit } = window;
  return takeFirst(parts, matches, toRows(matches), descending, offset + limit).slice(offset);
}

/** The rows behind a place, in the order asked for. (T71) */
export function readBehind(
  parts: ViewParts,
  matches: Matches | BroadMatches,
  descending: boolean,
  place: Place,
  limit: number,
): number[] {
  const { table, orders, column } = parts;
  if (countOf(matches) > parts.narrowRows) {
    const result = toResult(parts, matches, descending, Infinity);
    return readBroadBehind(orders, column, descending, place, limit, result);
  }
  const compareTo = createRankedCompareTo(table, orders, column, toScoreOf(matches), place);
  const behind = toRows(matches).filter((row) => (descending ? compareTo(row) < 0 : compareTo(row) > 0));
  return takeFirst(parts, matches, behind, descending, limit);
}

function toResult(
  { table, column }: ViewParts,
  matches: Matches | BroadMatches,
  descending: boolean,
  needed: number,
): BroadResult {
  if (matches instanceof BroadMatches) return toSetResult(table, column, matches, { descending, needed });
  const { rows, scores } = matches;
  const rankOf = createRankOf(table, column);
  return toScoredResult({ count: rows.length, scores, rankOf, rankCounts: () => countRanks(rows, scores, rankOf) });
}

/** The first `needed` rows in the order asked for. Of many, those are picked without sorting the others. */
function takeFirst(
  { table, orders, column }: ViewParts,
  matches: Matches | BroadMatches,
  rows: number[],
  descending: boolean,
  needed: number,
): number[] {
  const ascending = createCompare(table, orders, column, toScoreOf(matches));
  const compare = descending ? (left: number, right: number): number => ascending(right, left) : ascending;
  if (needed * 8 > rows.length) return rows.sort(compare).slice(0, needed);
  const first: number[] = [];
  for (const row of rows) {
    if (first.length === needed && compare(row, first[needed - 1] as number) > 0) continue;
    let [low, high] = [0, first.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(first[middle] as number, row) < 0) low = middle + 1;
      else high = middle;
    }
    first.splice(low, 0, row);
    if (first.length > needed) first.pop();
  }
  return first;
}

function toRows(matches: Matches | BroadMatches): number[] {
  if (!(matches instanceof BroadMatches)) return Array.from(matches.rows);
  const rows: number[] = [];
  matches.forEach((row) => rows.push(row));
  return rows;
}

const toScoreOf = (matches: Matches | BroadMatches): ((row: number) => number) =>
  matches instanceof BroadMatches ? (row) => matches.scoreOf(row) : (row) => matches.scores[row] as number;
