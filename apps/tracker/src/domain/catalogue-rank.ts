import type { SortColumn } from '@enxame/shared/tracker/catalogue-query';
import { isSteady, type CatalogueOrders, type SteadyColumn } from './catalogue-orders.js';
import type { EntryTable } from './entry-table.js';

/** More sources than this rank as this many: a device more makes no difference then. */
const mostSources = 2 ** 16 - 1;

/**
 * What an entry is ordered by in columns that change with every device that comes or goes: a small whole number, so
 * that entries can be counted by it. Those that rank alike are in the order of `tieColumn`.
 */
export type RankOf = (row: number, score: number) => number;
export const tieColumn: SteadyColumn = 'addedAt';

export function createRankOf(table: EntryTable, column: SortColumn): RankOf {
  const sourcesOf = (row: number): number => Math.min(table.sourcesOf(table.contentOf(row)), mostSources);
  return column === 'relevance' ? (row, score) => score * (mostSources + 1) + sourcesOf(row) : sourcesOf;
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

/** How many rows there are of each rank. */
export type RankCounts = Map<number, number>;

export function countRank(counts: RankCounts, rank: number, by: 1 | -1): void {
  const count = (counts.get(rank) ?? 0) + by;
  if (count > 0) counts.set(rank, count);
  else counts.delete(rank);
}
