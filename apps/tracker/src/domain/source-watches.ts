import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, DeviceId } from '@enxame/shared/ids';
import type { Source } from '@enxame/shared/tracker/person';
import { maxSourcesShown } from '@enxame/shared/tracker/requests';
import type { CatalogueIndex } from './catalogue-index.js';
import type { Clock } from './clock.js';
import { addressesFor } from './device-addresses.js';
import { createGather } from './gather.js';
import type { Presence } from './presence.js';
import type { Session } from './session.js';

export const sourceTickMs = 100;
/** Contents that one device may follow at once: a long list of downloads, one for each. */
export const maxSourceWatches = 2000;

/** Who wants to know from where a content can be had. */
export interface SourceWatches {
  /** Throws `content-not-found` when no entry has the content, `too-large` past `maxSourceWatches`. */
  watch(session: Session, contentId: ContentId): Source[];
  unwatch(session: Session, contentId: ContentId): void;
  closeSession(session: Session): void;
  /** A source of the content came or went. */
  markChanged(contentId: ContentId): void;
  /** A device is to be reached elsewhere. */
  markMoved(deviceId: DeviceId): void;
  close(): void;
}

export function createSourceWatches(deps: {
  readonly index: Pick<CatalogueIndex, 'hasContent' | 'sourcesOf' | 'isAnnouncedBy'>;
  readonly presence: Pick<Presence, 'session'>;
  readonly clock: Clock;
}): SourceWatches {
  const { index, presence } = deps;
  const watchers = new Map<ContentId, Set<Session>>();
  const watched = new Map<Session, Set<ContentId>>();
  const changed = new Set<ContentId>();
  const changes = createGather(deps.clock, sourceTickMs, push);

  function push(): void {
    for (const contentId of changed) {
      for (const session of watchers.get(contentId) ?? []) {
        session.push('sources:changed', { contentId, sources: sourcesFor(session, contentId) });
      }
    }
    changed.clear();
  }

  function sourcesFor(session: Session, contentId: ContentId): Source[] {
    const sources: Source[] = [];
    for (const deviceId of index.sourcesOf(contentId)) {
      const other = presence.session(deviceId);
      if (!other || deviceId === session.deviceId) continue;
      const addresses = addressesFor(session.remoteHost, other.addresses);
      sources.push({ deviceId, userName: other.user.name, grant: other.grant, addresses, complete: true });
      if (sources.length === maxSourcesShown) break;
    }
    return sources;
  }

  function unwatch(session: Session, contentId: ContentId): void {
    const others = watchers.get(contentId);
    others?.delete(session);
    if (others?.size === 0) watchers.delete(contentId);
    const own = watched.get(session);
    own?.delete(contentId);
    if (own?.size === 0) watched.delete(session);
  }

  function markChanged(contentId: ContentId): void {
    if (!watchers.has(contentId)) return;
    changed.add(contentId);
    changes.mark();
  }

  return {
    watch: (session, contentId) => {
      if (!index.hasContent(contentId)) throw new EnxameError('content-not-found');
      const own = watched.get(session) ?? new Set();
      if (!own.has(contentId) && own.size >= maxSourceWatches) throw new EnxameError('too-large');
      watched.set(session, own.add(contentId));
      watchers.set(contentId, (watchers.get(contentId) ?? new Set()).add(session));
      return sourcesFor(session, contentId);
    },
    unwatch,
    closeSession: (session) => {
      for (const contentId of [...(watched.get(session) ?? [])]) unwatch(session, contentId);
    },
    markChanged,
    markMoved: (deviceId) => {
      // What is watched is little beside what a device may have announced.
      for (const contentId of watchers.keys()) if (index.isAnnouncedBy(contentId, deviceId)) markChanged(contentId);
    },
    close: () => {
      changes.close();
    },
  };
}
