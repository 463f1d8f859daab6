import type { SortColumn, Window } from '@enxame/shared/tracker/catalogue-query';
import { toScoredResult } from './broad-result.js';
import { readBroadBehind, readBroadWindow, takeBehind, type BroadResult } from './broad-window.js';
import type { CatalogueFilter } from './catalogue-filter.js';
import { isSteady, type CatalogueOrders, type SteadyColumn } from './catalogue-orders.js';
import { countRank, countRanks, createCompare, createRankedCompareTo, createRankOf } from './catalogue-rank.js';
import type { Place } from './catalogue-place.js';
import type { Matches } from './catalogue-search.js';
import type { EntryTable } from './entry-table.js';
import { SortedList } from './sorted-list.js';

/** The result of a query, kept true while entries come and go. Ascending; whoever reads it says the direction. */
export interface CatalogueView {
  readonly filter: CatalogueFilter;
  readonly column: SortColumn;
  readonly size: number;
  /** Grows with each change of what is in the result, or of its order. */
  readonly version: number;
  readonly dependsOnSources: boolean;
  window(descending: boolean, window: Window): number[];
  /** At most `limit` rows behind a place, in the order asked for. (T71) */
  behind(descending: boolean, place: Place, limit: number): number[];
  /** `score`: how well the row fits; 0 when it does not. A row does not change between its insertion and deletion. */
  insert(row: number, score: number): void;
  delete(row: number): void;
}

export interface ViewParts {
  readonly table: EntryTable;
  readonly orders: CatalogueOrders;
  readonly filter: CatalogueFilter;
  readonly column: SortColumn;
  readonly narrowRows: number;
}

/** Results of at most this many rows have an order of their own; of a larger one it would cost memory for each query. */
export const defaultNarrowRows = 4096;

export function createRowView(parts: ViewParts, matches: Matches): CatalogueView {
  return matches.rows.length <= parts.narrowRows ? createNarrowView(parts, matches) : createBroadView(parts, matches);
}

/** All entries, in the order that the catalogue has anyway. */
export function createWholeView({ orders, filter, column }: ViewParts, steadyColumn: SteadyColumn): CatalogueView {
  let version = 0;
  return {
    filter,
    column,
    get size() {
      return orders.list(steadyColumn).size;
    },
    get version() {
      return version;
    },
    dependsOnSources: false,
    window: (descending, window) => sliceList(orders.list(steadyColumn), descending, window),
    behind: (descending, place, limit) =>
      takeBehind(orders.list(steadyColumn), descending, orders.compareTo(steadyColumn, place), limit),
    insert: () => {
      version++;
    },
    delete: () => {
      version++;
    },
  };
}

function createNarrowView({ table, orders, filter, column }: ViewParts, matches: Matches): CatalogueView {
  const scores = new Map<number, number>();
  for (const row of matches.rows) scores.set(row, matches.scores[row] as number);
  const compare = createCompare(table, orders, column, (row) => scores.get(row) ?? 0);
  const list = new SortedList(compare, matches.rows);
  let version = 0;
  return {
    filter,
    column,
    get size() {
      return list.size;
    },
    get version() {
      return version;
    },
    dependsOnSources: filter.available || !isSteady(column),
    window: (descending, window) => sliceList(list, descending, window),
    behind: (descending, place, limit) => {
      const compareTo = createRankedCompareTo(table, orders, column, (row) => scores.get(row) ?? 0, place);
      return takeBehind(list, descending, compareTo, limit);
    },
    insert: (row, score) => {
      if (score === 0) return;
      scores.set(row, score);
      list.insert(row);
      version++;
    },
    delete: (row) => {
      if (!scores.has(row)) return;
      list.delete(row);
      scores.delete(row);
      version++;
    },
  };
}

function createBroadView({ table, orders, filter, column }: ViewParts, matches: Matches): CatalogueView {
  const rankOf = createRankOf(table, column);
  const counts = isSteady(column) ? new Map<number, number>() : countRanks(matches.rows, matches.scores, rankOf);
  let scores = matches.scores.slice(0, table.rows);
  let count = matches.rows.length;
  let version = 0;

  const result = (): BroadResult => toScoredResult({ count, scores, rankOf, rankCounts: () => counts });

  function reserve(row: number): void {
    if (row < scores.length) return;
    const larger = new Uint8Array(row + (row >> 2) + 1024);
    larger.set(scores);
    scores = larger;
  }

  return {
    filter,
    column,
    get size() {
      return count;
    },
    get version() {
      return version;
    },
    dependsOnSources: filter.available || !isSteady(column),
    window: (descending, window) => readBroadWindow(orders, column, descending, window, result()),
    behind: (descending, place, limit) => readBroadBehind(orders, column, descending, place, limit, result()),
    insert: (row, score) => {
      if (score === 0) return;
      reserve(row);
      scores[row] = score;
      if (!isSteady(column)) countRank(counts, rankOf(row, score), 1);
      count++;
      version++;
    },
    delete: (row) => {
      const score = scores[row] ?? 0;
      if (score === 0) return;
      if (!isSteady(column)) countRank(counts, rankOf(row, score), -1);
      scores[row] = 0;
      count--;
      version++;
    },
  };
}

/** Descending is the exact reverse, ties included. */
function sliceList(list: SortedList<number>, descending: boolean, { offset, limit }: Window): number[] {
  return descending ? list.sliceReversed(offset, limit) : list.slice(offset, limit);
}
