import type { SortColumn } from '@enxame/shared/tracker/catalogue-query';
import { isSteady, type CatalogueOrders, type SteadyColumn } from './catalogue-orders.js';
import type { Place } from './catalogue-place.js';
import { pageRows, type EntryPage } from './entry-page.js';
import type { EntryTable } from './entry-table.js';

/** By relevance, more sources than this rank as this many: a device more makes no difference then. */
export const mostRankedSources = 255;
/** Ranks are below this: scores are bytes, counts of sources two. */
const ranks = 2 ** 16;
/** Fewer rows are counted faster one by one. */
const fewRows = 1000;

/**
 * What an entry is ordered by in columns that change with every device that comes or goes: a small whole number, so
 * that entries can be counted by it. Those that rank alike are in the order of `tieColumn`.
 */
export type RankOf = (row: number, score: number) => number;
export const tieColumn: SteadyColumn = 'addedAt';

export function createRankOf(table: EntryTable, column: SortColumn): RankOf {
  const { pages } = table;
  const sourcesOf = (row: number): number =>
    (pages[(row / pageRows) | 0] as EntryPage).sources[row % pageRows] as number;
  if (column !== 'relevance') return sourcesOf;
  return (row, score) => score * (mostRankedSources + 1) + Math.min(sourcesOf(row), mostRankedSources);
}

/** The ascending order of a column, total. `scoreOf`: how well a row fits the search. */
export function createCompare(
  table: EntryTable,
  orders: CatalogueOrders,
  column: SortColumn,
  scoreOf: (row: number) => number,
): (left: number, right: number) => number {
  if (isSteady(column)) return orders.compare[column];
  const rankOf = createRankOf(table, column);
  const byTie = orders.compare[tieColumn];
  return (left, right) => rankOf(left, scoreOf(left)) - rankOf(right, scoreOf(right)) || byTie(left, right);
}

/** Compares rows with a place in the order of any column: negative for those before it in ascending order. */
export function createRankedCompareTo(
  table: EntryTable,
  orders: CatalogueOrders,
  column: SortColumn,
  scoreOf: (row: number) => number,
  place: Place,
): (row: number) => number {
  if (isSteady(column)) return orders.compareTo(column, place);
  const rankOf = createRankOf(table, column);
  const byTie = orders.compareTo(tieColumn, place);
  return (row) => rankOf(row, scoreOf(row)) - place.rank || byTie(row);
}

/** How many rows there are of each rank. */
export type RankCounts = Map<number, number>;

export function countRanks(rows: Uint32Array, scores: Uint8Array, rankOf: RankOf): RankCounts {
  const found: RankCounts = new Map();
  if (rows.length < fewRows) {
    for (const row of rows) countRank(found, rankOf(row, scores[row] as number), 1);
    return found;
  }
  const counts = new Uint32Array(ranks);
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] as number;
    const rank = rankOf(row, scores[row] as number);
    counts[rank] = (counts[rank] as number) + 1;
  }
  for (let rank = 0; rank < ranks; rank++) if (counts[rank] !== 0) found.set(rank, counts[rank] as number);
  return found;
}

export function countRank(counts: RankCounts, rank: number, by: number): void {
  const count = (counts.get(rank) ?? 0) + by;
  if (count > 0) counts.set(rank, count);
  else counts.delete(rank);
}
