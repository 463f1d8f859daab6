import type { SortColumn } from '@enxame/shared/tracker/catalogue-query';
import { createCompareTo, type Place } from './catalogue-place.js';
import type { EntryTable } from './entry-table.js';
import { orderByNumber, orderByText, orderTies } from './radix-order.js';
import { compareText } from './search-text.js';
import { SortedList } from './sorted-list.js';

/** Columns whose order changes only when an entry does. The others change with every device that comes or goes. */
export type SteadyColumn = Exclude<SortColumn, 'sources' | 'relevance'>;

export const isSteady = (column: SortColumn): column is SteadyColumn => column !== 'sources' && column !== 'relevance';

type Compare = (left: number, right: number) => number;
type Orders = Readonly<Record<SteadyColumn, SortedList<number>>>;

/**
 * All rows in the order of each steady column, ascending. Every order ends with the id, so that no two rows tie and
 * windows never shuffle. Made together when first asked for; then kept by whoever changes the table: `delete` before
 * a change, `insert` after it.
 */
export class CatalogueOrders {
  readonly #table: EntryTable;
  readonly compare: Readonly<Record<SteadyColumn, Compare>>;
  #orders: Orders | undefined;

  constructor(table: EntryTable) {
    this.#table = table;
    const byId: Compare = (left, right) => table.compareIds(left, right);
    const byName: Compare = (left, right) =>
      compareText(table.sortKeyOf(left), table.sortKeyOf(right)) || byId(left, right);
    this.compare = {
      name: byName,
      size: (left, right) => table.sizeOf(left) - table.sizeOf(right) || byId(left, right),
      owner: (left, right) =>
        compareText(table.ownerOf(left).sortKey, table.ownerOf(right).sortKey) || byName(left, right),
      addedAt: (left, right) => table.addedAtOf(left) - table.addedAtOf(right) || byId(left, right),
    };
  }

  list(column: SteadyColumn): SortedList<number> {
    return this.#all()[column];
  }

  /** Compares rows with a place in the order of a column. */
  compareTo(column: SteadyColumn, place: Place): (row: number) => number {
    return createCompareTo(this.#table, column, place);
  }

  insert(row: number): void {
    if (!this.#orders) return;
    for (const list of Object.values(this.#orders)) list.insert(row);
  }

  delete(row: number): void {
    if (!this.#orders) return;
    for (const list of Object.values(this.#orders)) list.delete(row);
  }

  #all(): Orders {
    return (this.#orders ??= this.#build());
  }

  /** A million rows by comparing take many seconds: here each order is made from the one that breaks its ties. */
  #build(): Orders {
    const table = this.#table;
    const rows = new Uint32Array(table.size);
    let count = 0;
    for (let row = 0; row < table.rows; row++) if (table.isAlive(row)) rows[count++] = row;
    const byId = orderByNumber(rows, (row) => table.idLead(row));
    const isTied = (left: number, right: number): boolean => table.idLead(left) === table.idLead(right);
    orderTies(byId, isTied, (left, right) => table.compareIds(left, right));
    const byName = orderByText(byId, (row) => table.sortKeyOf(row));
    const people = [...table.owners.keys()].sort((left, right) =>
      compareText(table.owners[left]?.sortKey ?? '', table.owners[right]?.sortKey ?? ''),
    );
    // Two owners whose names sort alike share a place, as they do when they are compared.
    const places: number[] = [];
    people.forEach((number, index) => {
      const before = people[index - 1];
      const isAlike = before !== undefined && table.owners[before]?.sortKey === table.owners[number]?.sortKey;
      places[number] = isAlike ? (places[before] ?? 0) : index;
    });
    const ordered = (column: SteadyColumn, from: Uint32Array): SortedList<number> =>
      SortedList.fromOrdered(this.compare[column], Array.from(from));
    return {
      name: ordered('name', byName),
      size: ordered(
        'size',
        orderByNumber(byId, (row) => table.sizeOf(row)),
      ),
      addedAt: ordered(
        'addedAt',
        orderByNumber(byId, (row) => table.addedAtOf(row)),
      ),
      owner: ordered(
        'owner',
        orderByNumber(byName, (row) => places[table.ownerNumberOf(row)] ?? 0),
      ),
    };
  }
}
