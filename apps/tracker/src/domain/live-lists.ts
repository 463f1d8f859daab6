import type { EntryId } from '@enxame/shared/ids';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { CataloguePage, CatalogueQuery, Window, WindowDiff } from '@enxame/shared/tracker/catalogue-query';
import type { CatalogueRow } from '@enxame/shared/tracker/entry';
import { maxWatches } from '@enxame/shared/tracker/requests';
import { toCatalogueFilter } from './catalogue-filter.js';
import { toCatalogueRow, type CatalogueRecord } from './catalogue-record.js';
import { readWindow, type CatalogueView, type CatalogueViews } from './catalogue-views.js';
import type { Clock } from './clock.js';
import { createGather } from './gather.js';
import type { PersonRecord } from './person.js';
import type { Session } from './session.js';

/** Changes are gathered this long: unnoticed by a person, and a thousand announcements become a few messages. */
export const listTickMs = 100;

/** Windows that sessions watch. Each change is sent once, as a diff, to those whose window it changed. */
export interface LiveLists {
  /** The same watchId of the same session again moves the watch. Throws `too-large` past `maxWatches`. */
  watch(session: Session, watchId: number, query: CatalogueQuery, window: Window): CataloguePage;
  unwatch(session: Session, watchId: number): void;
  closeSession(session: Session): void;
  /** The catalogue changed: entries came, went or moved. */
  markChanged(): void;
  /** These rows look different where they are (their count of sources, their owner's presence). */
  touchRecords(records: Iterable<CatalogueRecord>): void;
  touchOwner(owner: PersonRecord): void;
  close(): void;
}

interface Subscription {
  readonly session: Session;
  readonly watchId: number;
}

/** One window of one query, however many watch it. */
interface LiveWindow {
  readonly key: string;
  readonly view: CatalogueView;
  readonly descending: boolean;
  readonly window: Window;
  readonly subscriptions: Set<Subscription>;
  /** What those who watch have: the last page sent, and what it was made from. */
  version: number;
  total: number;
  records: readonly CatalogueRecord[];
  rows: ReadonlyMap<EntryId, CatalogueRow>;
}

export function createLiveLists(views: CatalogueViews, clock: Clock): LiveLists {
  const windows = new Map<string, LiveWindow>();
  const watches = new Map<Session, Map<number, { window: LiveWindow; subscription: Subscription }>>();
  const touchedRecords = new Set<CatalogueRecord>();
  const touchedOwners = new Set<PersonRecord>();
  const changes = createGather(clock, listTickMs, push);

  function push(): void {
    for (const window of windows.values()) {
      const diff = isOutdated(window) ? refresh(window) : undefined;
      if (!diff) continue;
      for (const { session, watchId } of window.subscriptions) session.push('catalogue:changed', { watchId, diff });
    }
    touchedRecords.clear();
    touchedOwners.clear();
  }

  function isOutdated(window: LiveWindow): boolean {
    if (window.version !== window.view.version) return true;
    if (touchedRecords.size === 0 && touchedOwners.size === 0) return false;
    return window.records.some((record) => touchedRecords.has(record) || touchedOwners.has(record.owner));
  }

  function openWindow(query: CatalogueQuery, window: Window): LiveWindow {
    const filterKey = toCatalogueFilter(query).key;
    const key = JSON.stringify([query.sort, query.descending, window.offset, window.limit, filterKey]);
    let live = windows.get(key);
    if (!live) {
      const view = views.open(query);
      const empty = { version: -1, total: 0, records: [], rows: new Map<EntryId, CatalogueRow>() };
      live = { key, view, descending: query.descending, window, subscriptions: new Set(), ...empty };
      refresh(live);
      windows.set(key, live);
    }
    return live;
  }

  function unwatch(session: Session, watchId: number): void {
    const own = watches.get(session);
    const watch = own?.get(watchId);
    if (!own || !watch) return;
    own.delete(watchId);
    if (own.size === 0) watches.delete(session);
    const { window, subscription } = watch;
    window.subscriptions.delete(subscription);
    if (window.subscriptions.size > 0) return;
    windows.delete(window.key);
    views.close(window.view);
  }

  return {
    watch: (session, watchId, query, window) => {
      unwatch(session, watchId);
      if ((watches.get(session)?.size ?? 0) >= maxWatches) throw new EnxameError('too-large');
      // Others may watch this window: they get what changed now, so that all of them hold the same page.
      changes.flush();
      const live = openWindow(query, window);
      const subscription = { session, watchId };
      live.subscriptions.add(subscription);
      const own = watches.get(session) ?? new Map<number, { window: LiveWindow; subscription: Subscription }>();
      watches.set(session, own.set(watchId, { window: live, subscription }));
      return { total: live.total, rows: [...live.rows.values()] };
    },
    unwatch,
    closeSession: (session) => {
      for (const watchId of [...(watches.get(session)?.keys() ?? [])]) unwatch(session, watchId);
    },
    markChanged: () => {
      changes.mark();
    },
    touchRecords: (records) => {
      if (windows.size === 0) return;
      for (const record of records) touchedRecords.add(record);
      changes.mark();
    },
    touchOwner: (owner) => {
      if (windows.size === 0) return;
      touchedOwners.add(owner);
      changes.mark();
    },
    close: () => {
      changes.close();
    },
  };
}

/** Brings the window's page up to date. The difference, or undefined when nobody could see one. */
function refresh(window: LiveWindow): WindowDiff | undefined {
  const records = readWindow(window.view.list, window.descending, window.window);
  const rows = new Map(records.map((record) => [record.id, toCatalogueRow(record)]));
  const upserted = [...rows.values()].filter((row) => !isSameRow(row, window.rows.get(row.id)));
  const total = window.view.list.size;
  const sameOrder =
    records.length === window.records.length && records.every((record, index) => record === window.records[index]);
  const changed = upserted.length > 0 || !sameOrder || total !== window.total;
  Object.assign(window, { version: window.view.version, total, records, rows } satisfies Partial<LiveWindow>);
  if (!changed) return undefined;
  return sameOrder ? { total, upserted } : { total, upserted, order: [...rows.keys()] };
}

function isSameRow(row: CatalogueRow, before: CatalogueRow | undefined): boolean {
  return (
    before !== undefined &&
    row.contentId === before.contentId &&
    row.name === before.name &&
    row.size === before.size &&
    row.sha256 === before.sha256 &&
    row.addedAt === before.addedAt &&
    row.sources === before.sources &&
    row.owner.online === before.owner.online
  );
}
