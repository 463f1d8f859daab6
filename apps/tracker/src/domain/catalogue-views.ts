import { sortColumns, type CatalogueQuery, type SortColumn, type Window } from '@enxame/shared/tracker/catalogue-query';
import type { BroadMatches } from './broad-matches.js';
import { toCatalogueFilter, type CatalogueFilter } from './catalogue-filter.js';
import { CatalogueOrders, isSteady } from './catalogue-orders.js';
import { CatalogueSearch, type Matches } from './catalogue-search.js';
import {
  createRowView,
  createWholeView,
  defaultNarrowRows,
  type CatalogueView,
  type ViewParts,
} from './catalogue-view.js';
import { ContentGroups } from './content-groups.js';
import { fromCursor, toCursor } from './catalogue-cursor.js';
import { createRankOf } from './catalogue-rank.js';
import type { EntryColumns } from './entry-columns.js';
import type { EntryTable } from './entry-table.js';
import { createGroupedView } from './grouped-view.js';
import { countOf, readBehind, readOnce } from './read-once.js';
import { toNameWords } from './search-words.js';

/** Rows of one window, and of how many it is one. */
export interface RowPage {
  readonly total: number;
  readonly rows: readonly number[];
}

export interface CatalogueViews {
  /** The view of a query, shared by all who open it; each opening is closed once. */
  open(query: CatalogueQuery): CatalogueView;
  close(view: CatalogueView): void;
  /** One look at a query's window. */
  page(query: CatalogueQuery, window: Window): RowPage;
  /** The rows behind a cursor. Throws `bad-request` when it is not one of this query's order. */
  pageBehind(query: CatalogueQuery, cursor: string, limit: number): RowPage;
  /** The cursor that ends with this row of the query's result. */
  cursorAt(query: CatalogueQuery, row: number): string;
  /** How well a row fits; 0 when it does not. `nameWords`: those of its name. */
  scoreOf(filter: CatalogueFilter, row: number, nameWords: readonly string[]): number;
  /** Makes now what the first search would need: after many insertions. */
  prepare(): void;

  // The index tells of every change of the table: a row does not change while it is in the views.
  insert(row: number): void;
  /** All entries of a catalogue that was read, as rows; ascending. */
  insertAll(columns: EntryColumns, rows: Uint32Array): void;
  delete(row: number): void;
  /** Gives a content, which has these rows, another count of sources. */
  setSources(content: number, rows: readonly number[], sources: number): void;
}

interface OpenView {
  readonly view: CatalogueView;
  openings: number;
}

/**
 * Owns the orders of the whole catalogue, the index of words, and the results that are open. What everybody looks at
 * first, the whole catalogue in some order, stays open for good.
 */
export function createCatalogueViews(table: EntryTable, narrowRows = defaultNarrowRows): CatalogueViews {
  const orders = new CatalogueOrders(table);
  const search = new CatalogueSearch(table, narrowRows);
  const groups = new ContentGroups(table);
  const views = new Map<string, OpenView>();
  /** Rows from here on are in no list of the index. */
  let indexedRows = 0;

  function partsOf(query: CatalogueQuery): ViewParts {
    return { table, orders, filter: toCatalogueFilter(query), column: query.sort, narrowRows };
  }

  function viewOf(parts: ViewParts): OpenView {
    const key = viewKey(parts.column, parts.filter.key);
    let open = views.get(key);
    if (!open) {
      const { filter, column } = parts;
      const isSteadyWhole = filter.key === '' && isSteady(column);
      const view = isSteadyWhole ? createWholeView(parts, column) : createView(parts);
      open = { view, openings: 0 };
      views.set(key, open);
    }
    return open;
  }

  function createView(parts: ViewParts): CatalogueView {
    const matches = search.find(parts.filter);
    if (parts.filter.byContent) return createGroupedView(table, matches, (best) => createRowView(parts, best));
    return createRowView(parts, matches);
  }

  /** One that is open already; of everything one is opened, and stays. */
  function openViewOf(parts: ViewParts): CatalogueView | undefined {
    const { filter, column } = parts;
    return filter.isWhole ? viewOf(parts).view : views.get(viewKey(column, filter.key))?.view;
  }

  function find({ filter }: ViewParts): Matches | BroadMatches {
    const matches = search.findOnce(filter);
    return filter.byContent ? groups.keepBest(matches) : matches;
  }

  function insertInto(candidates: Iterable<OpenView>, row: number): void {
    let nameWords: readonly string[] | undefined;
    for (const { view } of candidates) {
      nameWords ??= toNameWords(table.nameOf(row));
      view.insert(row, search.scoreOf(view.filter, row, nameWords));
    }
  }

  return {
    open: (query) => {
      const open = viewOf(partsOf(query));
      open.openings++;
      return open.view;
    },
    close: (view) => {
      const key = viewKey(view.column, view.filter.key);
      const open = views.get(key);
      if (!open) return;
      open.openings--;
      if (open.openings === 0 && !view.filter.isWhole) views.delete(key);
    },
    page: (query, window) => {
      const parts = partsOf(query);
      const view = openViewOf(parts);
      if (view) return { total: view.size, rows: view.window(query.descending, window) };
      const matches = find(parts);
      return { total: countOf(matches), rows: readOnce(parts, matches, query.descending, window) };
    },
    pageBehind: (query, cursor, limit) => {
      const parts = partsOf(query);
      const place = fromCursor(query, cursor);
      const view = openViewOf(parts);
      if (view) return { total: view.size, rows: view.behind(query.descending, place, limit) };
      const matches = find(parts);
      return { total: countOf(matches), rows: readBehind(parts, matches, query.descending, place, limit) };
    },
    cursorAt: (query, row) => {
      const { filter, column } = partsOf(query);
      const score = isSteady(column) ? 0 : search.scoreOf(filter, row, toNameWords(table.nameOf(row)));
      return toCursor(table, query, row, isSteady(column) ? 0 : createRankOf(table, column)(row, score));
    },
    scoreOf: (filter, row, nameWords) => search.scoreOf(filter, row, nameWords),
    prepare: () => {
      search.prepare();
      orders.list('name'); // all orders are made together
      for (const column of sortColumns) {
        viewOf(partsOf({ ...wholeQuery, sort: column }));
      }
    },
    insert: (row) => {
      indexedRows = table.rows;
      search.insert(row);
      orders.insert(row);
      insertInto(views.values(), row);
    },
    insertAll: (columns, rows) => {
      // Into the index of words as a whole where it only grows at its end, which is so before anything was removed.
      const isAtEnd = rows.length === 0 || (rows[0] as number) >= indexedRows;
      if (isAtEnd) search.insertAll(columns, rows);
      for (const row of rows) {
        if (!isAtEnd) search.insert(row);
        orders.insert(row);
        insertInto(views.values(), row);
      }
      indexedRows = table.rows;
    },
    delete: (row) => {
      for (const { view } of views.values()) view.delete(row);
      orders.delete(row);
      search.delete(row);
    },
    setSources: (content, rows, sources) => {
      const dependent = [...views.values()].filter(({ view }) => view.dependsOnSources);
      for (const { view } of dependent) for (const row of rows) view.delete(row);
      table.setSources(content, sources);
      if (dependent.length > 0) for (const row of rows) insertInto(dependent, row);
    },
  };
}

const wholeQuery = { text: '', available: false, descending: false } as const;
const viewKey = (column: SortColumn, filterKey: string): string => `${column} ${filterKey}`;
