import type { EngineCatalogueRow, EngineCataloguePage } from '@enxame/shared/engine/catalogue-row';
import type { EngineSession } from '@enxame/shared/engine/engine-host';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, UserId } from '@enxame/shared/ids';
import { applyWindowDiff } from '@enxame/shared/tracker/apply-window-diff';
import type { CataloguePage, CatalogueQuery, Window, WindowDiff } from '@enxame/shared/tracker/catalogue-query';
import type { CatalogueRow } from '@enxame/shared/tracker/entry';
import type { Logger } from 'pino';
import type { TrackerLink, TrackerSession } from '../tracker/tracker-session.js';

/** The catalogue as this computer sees it: the tracker's rows, with what is here added. */
export interface CatalogueWatches {
  /** Throws `tracker-offline`. */
  list(query: CatalogueQuery, window: Window, cursor?: string): Promise<EngineCataloguePage>;
  /** An empty page while there is no tracker: the rows come as a change when it is back. */
  watch(session: EngineSession, watchId: number, query: CatalogueQuery, window: Window): Promise<EngineCataloguePage>;
  unwatch(session: EngineSession, watchId: number): Promise<void>;
  /** Something is here that was not, or the other way round. */
  readonly contentChanged: (contentId: ContentId) => void;
  endSession(session: EngineSession): void;
  /** Others are blocked than before: every watch is begun anew. */
  readonly renew: () => void;
  readonly close: () => void;
}

export interface CatalogueDeps {
  readonly link: TrackerLink;
  readonly userId: () => UserId | undefined;
  /** Whose entries are not shown. */
  readonly blocked: () => UserId[];
  readonly hasContent: (contentId: ContentId) => boolean;
  /** Told of what a page shows: `contentChanged` follows where it is not what `hasContent` says. */
  readonly look: (contentId: ContentId) => void;
  readonly logger: Logger;
}

interface Watch {
  readonly session: EngineSession;
  readonly watchId: number;
  /** Its number at the tracker. */
  readonly remoteId: number;
  query: CatalogueQuery;
  window: Window;
  page: CataloguePage;
}

const emptyPage: CataloguePage = { total: 0, rows: [] };

/** Owns the watches of all interfaces, and renews them at the tracker with each new session. */
export function createCatalogueWatches(deps: CatalogueDeps): CatalogueWatches {
  const watches = new Map<number, Watch>();
  let nextRemoteId = 0;

  /** The tracker leaves out the entries; here, too, whoever else shares the same content. */
  const asAsked = (query: CatalogueQuery): CatalogueQuery => {
    const except = deps.blocked();
    return except.length === 0 ? query : { ...query, except };
  };
  function withoutBlocked(row: CatalogueRow): CatalogueRow {
    const blocked = deps.blocked();
    const { ownedBy, owners } = row;
    if (blocked.length === 0 || !ownedBy || owners === undefined) return row;
    const shown = ownedBy.filter(({ id }) => id === row.owner.id || !blocked.includes(id));
    return { ...row, ownedBy: shown, owners: owners - (ownedBy.length - shown.length) };
  }
  const decorate = (row: CatalogueRow): EngineCatalogueRow => ({
    ...withoutBlocked(row),
    mine: row.owner.id === deps.userId(),
    here: deps.hasContent(row.contentId),
  });
  const show = (row: CatalogueRow): EngineCatalogueRow => {
    deps.look(row.contentId);
    return decorate(row);
  };
  const find = (session: EngineSession, watchId: number): Watch | undefined =>
    [...watches.values()].find((watch) => watch.session === session && watch.watchId === watchId);

  function tell(watch: Watch, diff: WindowDiff): void {
    watch.session.emit('catalogue:changed', {
      watchId: watch.watchId,
      diff: { ...diff, upserted: diff.upserted.map(decorate) },
    });
  }

  async function watchAt(session: TrackerSession, watch: Watch): Promise<void> {
    const { remoteId: watchId, query, window } = watch;
    watch.page = await session.request('catalogue:watch', { watchId, query: asAsked(query), window });
  }

  async function renew(session: TrackerSession): Promise<void> {
    for (const watch of [...watches.values()]) {
      try {
        await watchAt(session, watch);
      } catch (error) {
        if (session.ended.aborted) return; // the next session renews
        if (!(error instanceof EnxameError)) throw error;
        deps.logger.warn({ err: error }, 'a catalogue watch could not be renewed');
        continue;
      }
      const { total, rows } = watch.page;
      tell(watch, { total, upserted: rows, order: rows.map((row) => row.id) });
    }
  }

  function renewAll(session: TrackerSession | undefined): void {
    if (!session) return;
    renew(session).catch((error: unknown) => {
      deps.logger.error({ err: error }, 'catalogue watches could not be renewed');
    });
  }
  const endSessions = deps.link.onSession(renewAll);
  const endPush = deps.link.onPush('catalogue:changed', ({ watchId, diff }) => {
    const watch = watches.get(watchId);
    if (!watch) return;
    watch.page = applyWindowDiff(watch.page, diff);
    tell(watch, diff);
  });

  return {
    list: async (query, window, cursor) => {
      if (!deps.link.session) throw new EnxameError('tracker-offline');
      const asked = { query: asAsked(query), window, ...(cursor !== undefined && { cursor }) };
      const { total, rows, next } = await deps.link.session.request('catalogue:list', asked);
      return { total, rows: rows.map(show), next };
    },
    watch: async (session, watchId, query, window) => {
      const known = find(session, watchId);
      const watch: Watch = known ?? { session, watchId, remoteId: nextRemoteId++, query, window, page: emptyPage };
      watch.query = query;
      watch.window = window;
      watches.set(watch.remoteId, watch);
      try {
        if (deps.link.session) await watchAt(deps.link.session, watch);
      } catch (error) {
        // Refused, or gone with the session; the interface is told, and a watch that it does not have is not renewed.
        if (!known) watches.delete(watch.remoteId);
        throw error;
      }
      return { total: watch.page.total, rows: watch.page.rows.map(show) };
    },
    unwatch: async (session, watchId) => {
      const watch = find(session, watchId);
      if (!watch) return;
      watches.delete(watch.remoteId);
      const { session: open } = deps.link;
      try {
        await open?.request('catalogue:unwatch', { watchId: watch.remoteId });
      } catch (error) {
        if (!open?.ended.aborted) throw error; // with the session went the watch
      }
    },
    contentChanged: (contentId) => {
      for (const watch of watches.values()) {
        const upserted = watch.page.rows.filter((row) => row.contentId === contentId);
        if (upserted.length > 0) tell(watch, { total: watch.page.total, upserted });
      }
    },
    endSession: (session) => {
      for (const watch of [...watches.values()]) {
        if (watch.session !== session) continue;
        watches.delete(watch.remoteId);
        // The tracker may be gone: then so is the watch.
        deps.link.session?.request('catalogue:unwatch', { watchId: watch.remoteId }).catch(() => undefined);
      }
    },
    renew: () => {
      renewAll(deps.link.session);
    },
    close: () => {
      endSessions();
      endPush();
      watches.clear();
    },
  };
}
