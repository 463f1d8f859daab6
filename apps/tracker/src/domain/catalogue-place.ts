import type { SortColumn } from '@enxame/shared/tracker/catalogue-query';
import type { EntryTable } from './entry-table.js';
import { compareText } from './search-text.js';

/** A place in an order: that of an entry, which may have gone since. What the column does not ask for is empty. */
export interface Place {
  /** Of the columns that are not steady. */
  readonly rank: number;
  readonly size: number;
  readonly addedAt: number;
  readonly nameKey: string;
  readonly ownerKey: string;
  readonly id: Uint8Array;
}

/** Compares rows with a place: negative for those before it in ascending order. Total, as the orders are. */
export function createCompareTo(
  table: EntryTable,
  column: Exclude<SortColumn, 'sources' | 'relevance'>,
  place: Place,
): (row: number) => number {
  const byId = (row: number): number => table.compareIdWith(row, place.id);
  const byName = (row: number): number => compareText(table.sortKeyOf(row), place.nameKey) || byId(row);
  switch (column) {
    case 'name':
      return byName;
    case 'size':
      return (row) => table.sizeOf(row) - place.size || byId(row);
    case 'addedAt':
      return (row) => table.addedAtOf(row) - place.addedAt || byId(row);
    case 'owner':
      return (row) => compareText(table.ownerOf(row).sortKey, place.ownerKey) || byName(row);
  }
}
