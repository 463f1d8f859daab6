import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, UserId } from '@enxame/shared/ids';
import type { CataloguePage, CatalogueQuery, Window, WindowDiff } from '@enxame/shared/tracker/catalogue-query';
import { maxWatches } from '@enxame/shared/tracker/requests';
import { toCatalogueFilter } from './catalogue-filter.js';
import type { CatalogueViews } from './catalogue-views.js';
import type { Clock } from './clock.js';
import { createGather } from './gather.js';
import { markKnown } from './known-texts.js';
import { LiveWindow, type ShowRow, type WatchedWindow } from './live-window.js';
import type { PersonRecord } from './person.js';
import type { ReaderCatalogue } from './restricted/reader-catalogue.js';
import { ReaderWindow } from './restricted/reader-window.js';
import type { Rush } from './rush.js';
import type { PushAll, Session } from './session.js';
import type { Turns } from './turns.js';

/** Changes are gathered this long: unnoticed by a person, and a thousand announcements become a few messages. */
export const listTickMs = 100;
/** Where more watch than this can be told in a tick, they are told less often: what changed meanwhile is one message. */
export const messagesPerSecond = 25_000;
/** The same for the tracker's own time: at most a third of it goes into finding what changed for whom. */
const restFactor = 2;
/** Between two messages while others wait to get in: a list that is late by this much is better than none. */
export const rushRestMs = 2000;
/** What goes out between two looks at the sockets. */
const messagesPerPart = 200;

/** What some who watch a window are still to be told. */
interface Letter {
  readonly window: WatchedWindow;
  readonly watchId: number;
  readonly message: { readonly watchId: number; readonly diff: WindowDiff };
  readonly sessions: Set<Session>;
}

/** Windows that sessions watch. Each change is sent once, as a diff, to those whose window it changed. */
export interface LiveLists {
  /** The same watchId of the same session again moves the watch. Throws `too-large` past `maxWatches`. */
  watch(session: Session, watchId: number, query: CatalogueQuery, window: Window): CataloguePage;
  unwatch(session: Session, watchId: number): void;
  closeSession(session: Session): void;
  /** The catalogue changed: entries came, went or moved. */
  markChanged(): void;
  /** These rows are other ones than before, or look different where they are (their count of sources). */
  touchRows(rows: Iterable<number>): void;
  touchOwner(owner: PersonRecord): void;
  /** Entries of these contents came, went or changed. */
  touchContents(contentIds: Iterable<ContentId>): void;
  /** What these people may see, and others may not, is another or looks different. */
  touchReaders(readers: Iterable<UserId>): void;
  close(): void;
}

interface Watch {
  readonly live: WatchedWindow;
  readonly query: CatalogueQuery;
  readonly window: Window;
}

export function createLiveLists(deps: {
  readonly views: CatalogueViews;
  /** The catalogue as one person may see it. */
  readonly catalogue: ReaderCatalogue;
  readonly show: ShowRow;
  readonly clock: Clock;
  readonly pushAll: PushAll;
  readonly turns: Turns;
  readonly rush: Rush;
  readonly onInternal: (error: unknown) => void;
}): LiveLists {
  const { views, clock } = deps;
  const windows = new Map<string, WatchedWindow>();
  const watches = new Map<Session, Map<number, Watch>>();
  const touchedRows = new Set<number>();
  const touchedOwners = new Set<PersonRecord>();
  const touchedContents = new Set<ContentId>();
  const outbox: Letter[] = [];
  const touchedReaders = new Set<UserId>();
  let ownWindows = 0;
  let restMs = 0;
  let isTelling = false;
  let isOverdue = false;
  let isClosed = false;
  const changes = createGather(clock, listTickMs, push, () => restMs);

  function push(): void {
    isOverdue = isTelling;
    restMs = 0;
    if (isTelling) return;
    const startedAt = clock.now();
    let messages = 0;
    if (touchedReaders.size > 0) separateReaders();
    for (const window of windows.values()) messages += write(window);
    touchedRows.clear();
    touchedOwners.clear();
    touchedContents.clear();
    touchedReaders.clear();
    restMs = Math.max((messages / messagesPerSecond) * 1000, (clock.now() - startedAt) * restFactor);
    if (messages > 0 && deps.rush.isOn()) restMs = Math.max(restMs, rushRestMs);
    void tellAll().catch(deps.onInternal);
  }

  /** How many are to be told. */
  function write(window: WatchedWindow): number {
    const diff = window.refresh({
      rows: touchedRows,
      owners: touchedOwners,
      contents: touchedContents,
      readers: touchedReaders,
    });
    if (!diff) return 0;
    let messages = 0;
    for (const [watchId, sessions] of window.watchers) {
      outbox.push({ window, watchId, message: markKnown({ watchId, diff }), sessions: new Set(sessions) });
      messages += sessions.size;
    }
    return messages;
  }

  /** In parts: thousands who watch one window would hold all others up. Who comes meanwhile got the page with it. */
  async function tellAll(): Promise<void> {
    const turn = deps.turns.begin();
    let told = 0;
    isTelling = true;
    try {
      for (let letter = outbox[0]; letter && !isClosed; letter = outbox[0]) {
        const part = [...letter.sessions].slice(0, messagesPerPart - told);
        for (const session of part) letter.sessions.delete(session);
        if (letter.sessions.size === 0) outbox.shift();
        deps.pushAll(part, 'catalogue:changed', letter.message);
        told += part.length;
        if (told < messagesPerPart) continue;
        await turn.next();
        told = 0;
      }
    } finally {
      isTelling = false;
      outbox.length = 0;
    }
    if (isOverdue) changes.again();
  }

  /** Who may see more than others from now on watches windows of their own, from the page that they were told last. */
  function separateReaders(): void {
    for (const [session, own] of watches) {
      if (!touchedReaders.has(session.user.id) || !deps.catalogue.isReader(session.user.id)) continue;
      for (const [watchId, { live, query, window }] of [...own]) {
        if (live instanceof ReaderWindow) continue;
        const separate = openOwnWindow(session, query, window, live.page());
        unwatch(session, watchId);
        enter(session, watchId, { live: separate, query, window });
      }
    }
  }

  function openOwnWindow(session: Session, query: CatalogueQuery, window: Window, page?: CataloguePage): ReaderWindow {
    const asked = { reader: session.user.id, query, window };
    const own = new ReaderWindow(`own ${String(ownWindows++)}`, views.open(query), asked, deps.catalogue, page);
    windows.set(own.key, own);
    return own;
  }

  function enter(session: Session, watchId: number, watch: Watch): void {
    const sessions = watch.live.watchers.get(watchId) ?? new Set<Session>();
    watch.live.watchers.set(watchId, sessions.add(session));
    watches.set(session, (watches.get(session) ?? new Map<number, Watch>()).set(watchId, watch));
  }

  function openWindow(session: Session, query: CatalogueQuery, window: Window): WatchedWindow {
    if (deps.catalogue.isReader(session.user.id)) return openOwnWindow(session, query, window);
    const filterKey = toCatalogueFilter(query).key;
    const key = JSON.stringify([query.sort, query.descending, window.offset, window.limit, filterKey]);
    let live = windows.get(key);
    if (!live) {
      live = new LiveWindow(key, views.open(query), query.descending, window, deps.show);
      windows.set(key, live);
    }
    return live;
  }

  function unwatch(session: Session, watchId: number): void {
    const own = watches.get(session);
    const window = own?.get(watchId)?.live;
    if (!own || !window) return;
    own.delete(watchId);
    if (own.size === 0) watches.delete(session);
    // What it was still to be told is no news to who asks again.
    for (const letter of outbox)
      if (letter.window === window && letter.watchId === watchId) letter.sessions.delete(session);
    const sessions = window.watchers.get(watchId);
    sessions?.delete(session);
    if (sessions?.size === 0) window.watchers.delete(watchId);
    if (window.watchers.size > 0) return;
    windows.delete(window.key);
    views.close(window.view);
  }

  return {
    watch: (session, watchId, query, window) => {
      unwatch(session, watchId);
      if ((watches.get(session)?.size ?? 0) >= maxWatches) throw new EnxameError('too-large');
      // Where others watch this window already it is the page that they hold, and the next tick tells all of them what
      // changed: told at once for each that comes, thousands who come back together would be told millions of times.
      const live = openWindow(session, query, window);
      enter(session, watchId, { live, query, window });
      return live.page();
    },
    unwatch,
    closeSession: (session) => {
      for (const watchId of [...(watches.get(session)?.keys() ?? [])]) unwatch(session, watchId);
    },
    markChanged: () => {
      changes.mark();
    },
    touchRows: (rows) => {
      if (windows.size === 0) return;
      for (const row of rows) touchedRows.add(row);
      changes.mark();
    },
    touchOwner: (owner) => {
      if (windows.size === 0) return;
      touchedOwners.add(owner);
      changes.mark();
    },
    touchContents: (contentIds) => {
      if (windows.size === 0) return;
      for (const contentId of contentIds) touchedContents.add(contentId);
      changes.mark();
    },
    touchReaders: (readers) => {
      if (windows.size === 0) return;
      for (const reader of readers) touchedReaders.add(reader);
      changes.mark();
    },
    close: () => {
      isClosed = true;
      changes.close();
    },
  };
}
