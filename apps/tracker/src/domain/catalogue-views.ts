import type { CataloguePage, CatalogueQuery, Window } from '@enxame/shared/tracker/catalogue-query';
import { matchesFilter, toCatalogueFilter, type CatalogueFilter } from './catalogue-filter.js';
import { recordOrders, toCatalogueRow, type CatalogueRecord, type SortColumn } from './catalogue-record.js';
import { SortedList } from './sorted-list.js';

/** The result of a query, kept in order while entries come and go. Ascending; whoever reads it knows the direction. */
export interface CatalogueView {
  readonly list: SortedList<CatalogueRecord>;
  /** Grows with each change of what is in the list, or of its order. */
  readonly version: number;
}

export interface CatalogueViews {
  /** The view of a query, shared by all who open it; each opening is closed once. */
  open(query: CatalogueQuery): CatalogueView;
  close(view: CatalogueView): void;
  /** One look at a query's window. */
  page(query: CatalogueQuery, window: Window): CataloguePage;

  // The index tells of every change; a record does not change while it is in a list.
  insert(record: CatalogueRecord): void;
  delete(record: CatalogueRecord): void;
  /** Gives the records another count of sources. */
  setSources(records: readonly CatalogueRecord[], sources: number): void;
}

interface LiveView {
  readonly list: SortedList<CatalogueRecord>;
  readonly filter: CatalogueFilter;
  readonly column: SortColumn;
  version: number;
  openings: number;
}

/**
 * Owns the orders of the whole catalogue, one for each column that was ever asked for, and the filtered results that
 * are open. A filtered result is read from the whole order of its column, so it needs no sorting of its own.
 */
export function createCatalogueViews(records: () => Iterable<CatalogueRecord>): CatalogueViews {
  const views = new Map<string, LiveView>();

  function ordering(column: SortColumn): LiveView {
    const key = viewKey(column, '');
    let view = views.get(key);
    if (!view) {
      const filter = toCatalogueFilter({ text: '', available: false, sort: column, descending: false });
      const list = new SortedList(recordOrders[column], records());
      view = { list, filter, column, version: 0, openings: 0 };
      views.set(key, view);
    }
    return view;
  }

  function filtered(column: SortColumn, filter: CatalogueFilter): LiveView {
    const matching: CatalogueRecord[] = [];
    ordering(column).list.forEach((record) => {
      if (matchesFilter(filter, record)) matching.push(record);
    });
    return { list: SortedList.fromOrdered(recordOrders[column], matching), filter, column, version: 0, openings: 0 };
  }

  const dependsOnSources = (view: LiveView): boolean => view.column === 'sources' || view.filter.available;

  function insertInto(view: LiveView, record: CatalogueRecord): void {
    if (view.filter.key !== '' && !matchesFilter(view.filter, record)) return;
    view.list.insert(record);
    view.version++;
  }

  function deleteFrom(view: LiveView, record: CatalogueRecord): void {
    if (view.list.delete(record)) view.version++;
  }

  return {
    open: (query) => {
      const filter = toCatalogueFilter(query);
      const key = viewKey(query.sort, filter.key);
      const view = filter.key === '' ? ordering(query.sort) : (views.get(key) ?? filtered(query.sort, filter));
      views.set(key, view);
      view.openings++;
      return view;
    },
    close: (opened) => {
      const view = opened as LiveView;
      view.openings--;
      if (view.openings === 0 && view.filter.key !== '') views.delete(viewKey(view.column, view.filter.key));
    },
    page: (query, window) => {
      const filter = toCatalogueFilter(query);
      const open = filter.key === '' ? ordering(query.sort) : views.get(viewKey(query.sort, filter.key));
      const { list } = open ?? filtered(query.sort, filter);
      return { total: list.size, rows: readWindow(list, query.descending, window).map(toCatalogueRow) };
    },
    insert: (record) => {
      for (const view of views.values()) insertInto(view, record);
    },
    delete: (record) => {
      for (const view of views.values()) deleteFrom(view, record);
    },
    setSources: (changed, sources) => {
      const dependent = [...views.values()].filter(dependsOnSources);
      for (const view of dependent) for (const record of changed) deleteFrom(view, record);
      for (const record of changed) record.sources = sources;
      for (const view of dependent) for (const record of changed) insertInto(view, record);
    },
  };
}

/** The records of a window. Descending is the exact reverse, ties included. */
export function readWindow(
  list: SortedList<CatalogueRecord>,
  descending: boolean,
  { offset, limit }: Window,
): CatalogueRecord[] {
  return descending ? list.sliceReversed(offset, limit) : list.slice(offset, limit);
}

const viewKey = (column: SortColumn, filterKey: string): string => `${column} ${filterKey}`;
