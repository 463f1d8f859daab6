import { toContentType } from '@enxame/shared/content/content-type';
import type { EngineCataloguePage, EngineCatalogueRow } from '@enxame/shared/engine/catalogue-row';
import type { EngineSession } from '@enxame/shared/engine/engine-host';
import type { UserId } from '@enxame/shared/ids';
import type { CatalogueQuery, Window } from '@enxame/shared/tracker/catalogue-query';

interface Watch {
  readonly query: CatalogueQuery;
  readonly window: Window;
  last: EngineCataloguePage;
}

/** The catalogue of the scenario: queries with a window, and diffs to those who watch when rows change. */
export interface ScenarioCatalogue {
  rows: EngineCatalogueRow[];
  /** People whose rows are not shown: they are blocked. */
  hidden: ReadonlySet<UserId>;
  list(query: CatalogueQuery, window: Window): EngineCataloguePage;
  watch(session: EngineSession, watchId: number, query: CatalogueQuery, window: Window): EngineCataloguePage;
  unwatch(session: EngineSession, watchId: number): void;
  /** Tells every watch what changed since its last message. */
  tell(): void;
}

export function createScenarioCatalogue(rows: EngineCatalogueRow[]): ScenarioCatalogue {
  const watches = new Map<EngineSession, Map<number, Watch>>();
  const sorted = createSorted();
  const catalogue: ScenarioCatalogue = {
    rows,
    hidden: new Set(),
    list: (query, window) => {
      const matches = createMatcher(query);
      const found = sorted(catalogue.rows, query).filter(
        (line) => !catalogue.hidden.has(line.row.owner.id) && matches(line),
      );
      const rows = found.slice(window.offset, window.offset + window.limit).map(({ row }) => row);
      return { total: found.length, rows };
    },
    watch: (session, watchId, query, window) => {
      const page = catalogue.list(query, window);
      const own = watches.get(session) ?? new Map<number, Watch>();
      watches.set(session, own.set(watchId, { query, window, last: page }));
      return page;
    },
    unwatch: (session, watchId) => void watches.get(session)?.delete(watchId),
    tell: () => {
      for (const [session, own] of watches) {
        for (const [watchId, watch] of own) {
          const before = new Map(watch.last.rows.map((row) => [row.id, row]));
          const page = catalogue.list(watch.query, watch.window);
          watch.last = page;
          const order = page.rows.map((row) => row.id);
          const sameOrder =
            order.length === before.size && [...before.keys()].every((id, index) => id === order[index]);
          const upserted = page.rows.filter((row) => before.get(row.id) !== row);
          const diff = { total: page.total, upserted, ...(sameOrder ? {} : { order }) };
          session.emit('catalogue:changed', { watchId, diff });
        }
      }
    },
  };
  return catalogue;
}

/** A row, and what a search looks in. */
interface Line {
  readonly row: EngineCatalogueRow;
  readonly haystack: string;
}

/** Rows in the order of a query. Kept for as long as the rows are the same: a tracker has them in order as well. */
function createSorted(): (rows: EngineCatalogueRow[], query: CatalogueQuery) => readonly Line[] {
  let known: EngineCatalogueRow[] | undefined;
  const orders = new Map<string, readonly Line[]>();
  return (rows, query) => {
    if (rows !== known) orders.clear();
    known = rows;
    const key = `${query.sort} ${String(query.descending)}`;
    const order =
      orders.get(key) ??
      [...rows]
        .sort((a, b) => compare(a, b, query))
        .map((row) => ({ row, haystack: `${row.name} ${row.owner.name}`.toLowerCase() }));
    orders.set(key, order);
    return order;
  };
}

function createMatcher(query: CatalogueQuery): (line: Line) => boolean {
  const { owner, available, type, minBytes = 0, maxBytes = Infinity } = query;
  const words = query.text.toLowerCase().split(/\s+/);
  return ({ row, haystack }) =>
    words.every((word) => haystack.includes(word)) &&
    (owner === undefined || row.owner.id === owner) &&
    (!available || row.sources > 0) &&
    row.size >= minBytes &&
    row.size <= maxBytes &&
    (type === undefined || type === (row.collection ? 'folder' : toContentType(row.name)));
}

function compare(a: EngineCatalogueRow, b: EngineCatalogueRow, query: CatalogueQuery): number {
  const direction = query.descending ? -1 : 1;
  const by =
    query.sort === 'name'
      ? a.name.localeCompare(b.name)
      : query.sort === 'owner'
        ? a.owner.name.localeCompare(b.owner.name)
        : query.sort === 'relevance'
          ? a.sources - b.sources
          : a[query.sort] - b[query.sort];
  return direction * by || (a.id < b.id ? -1 : 1);
}
