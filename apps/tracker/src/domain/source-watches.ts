import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, DeviceId, UserId } from '@enxame/shared/ids';
import type { Source } from '@enxame/shared/tracker/person';
import { maxSourcesShown } from '@enxame/shared/tracker/requests';
import type { CatalogueIndex } from './catalogue-index.js';
import type { Clock } from './clock.js';
import { addressesFor } from './device-addresses.js';
import type { Keeper } from './keeper.js';
import { createGather } from './gather.js';
import type { Presence } from './presence.js';
import type { Session } from './session.js';
import type { SourceOffers } from './source-offers.js';
import type { RestrictedSources } from './restricted/restricted-sources.js';
import { pickSources, type SourceRoster } from './source-roster.js';

export const sourceTickMs = 100;
/** After many had to be looked at: a swarm of a thousand is told once a second, not ten times. */
const restMsPerPush = 1;
/** Contents that one device may follow at once: a long list of downloads, one for each. */
export const maxSourceWatches = 2000;

/** Who wants to know from where a content can be had. */
export interface SourceWatches {
  /** Throws `content-not-found` when no entry that the session's person may see has the content, `too-large` past `maxSourceWatches`. */
  watch(session: Session, contentId: ContentId): Source[];
  unwatch(session: Session, contentId: ContentId): void;
  /** All devices that can serve the content, or pieces of it, as this session's person may know of them. */
  sourcesOf(session: Session, contentId: ContentId): Iterable<DeviceId>;
  closeSession(session: Session): void;
  /** A source of the content came or went. */
  markChanged(contentId: ContentId): void;
  /** A device is to be reached elsewhere. */
  markMoved(deviceId: DeviceId): void;
  close(): void;
}

export function createSourceWatches(deps: {
  readonly index: Pick<CatalogueIndex, 'hasContent' | 'sourcesOf' | 'isAnnouncedBy'>;
  /** What is for some people only. */
  readonly restricted: RestrictedSources;
  readonly offers: Pick<SourceOffers, 'holders' | 'offeredBy'>;
  readonly presence: Pick<Presence, 'session'>;
  readonly clock: Clock;
  readonly keeper?: () => Keeper | undefined;
}): SourceWatches {
  const { index, offers, presence } = deps;
  const watchers = new Map<ContentId, Set<Session>>();
  /** What each session watches, and which devices it was told last. */
  const watched = new Map<Session, Map<ContentId, string>>();
  const changed = new Set<ContentId>();
  const moved = new Set<DeviceId>();
  let told = 0;
  const changes = createGather(deps.clock, sourceTickMs, push, () => told * restMsPerPush);

  function push(): void {
    told = 0;
    for (const contentId of changed) {
      const roster = rosterOf(contentId);
      for (const session of watchers.get(contentId) ?? []) {
        told++;
        const own = watched.get(session);
        if (hasLost(session, contentId)) {
          // It was for this person, and is no more: nothing further is told of it.
          unwatch(session, contentId);
          session.push('sources:changed', { contentId, sources: [] });
          continue;
        }
        const sources = sourcesFor(session, contentId, roster);
        const key = toKey(sources);
        // In a large swarm most changes concern few of those who watch it.
        if (own?.get(contentId) === key && !sources.some(({ deviceId }) => moved.has(deviceId))) continue;
        own?.set(contentId, key);
        session.push('sources:changed', { contentId, sources });
      }
    }
    changed.clear();
    moved.clear();
  }

  function rosterOf(contentId: ContentId): SourceRoster {
    const complete = new Set(index.sourcesOf(contentId));
    const partial = [...offers.holders(contentId, false)].filter((deviceId) => !complete.has(deviceId));
    return { complete: [...complete].sort(), partial: partial.sort() };
  }

  const readerOf = ({ deviceId, user }: Session): UserId | 'tracker' =>
    deps.keeper?.()?.source.deviceId === deviceId ? 'tracker' : user.id;

  const maySee = (session: Session, contentId: ContentId): boolean =>
    index.hasContent(contentId) || deps.restricted.hasContent(contentId, readerOf(session));

  const hasLost = (session: Session, contentId: ContentId): boolean =>
    deps.restricted.hasContent(contentId, 'tracker') && !maySee(session, contentId);

  /** What everybody may know of, and what this session's person may. */
  function rosterFor(session: Session, contentId: ContentId, open: SourceRoster): SourceRoster {
    const reader = readerOf(session);
    if (!deps.restricted.hasContent(contentId, reader)) return open;
    const complete = new Set([...open.complete, ...deps.restricted.sourcesOf(contentId, reader, true)]);
    const partial = new Set([...open.partial, ...deps.restricted.sourcesOf(contentId, reader, false)]);
    return { complete: [...complete].sort(), partial: [...partial].filter((id) => !complete.has(id)).sort() };
  }

  function sourcesFor(session: Session, contentId: ContentId, open = rosterOf(contentId)): Source[] {
    const roster = rosterFor(session, contentId, open);
    const whole = new Set(roster.complete);
    const keeper = deps.keeper?.();
    const hosted = keeper?.has(contentId) === true ? [keeper.source] : [];
    const devices = pickSources(roster, session.deviceId, maxSourcesShown - hosted.length);
    const others = devices.flatMap((deviceId) => {
      const other = presence.session(deviceId);
      if (!other) return [];
      const addresses = addressesFor(session.remoteHost, other.addresses);
      return { deviceId, userName: other.user.name, grant: other.grant, addresses, complete: whole.has(deviceId) };
    });
    return [...hosted, ...others];
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
      if (!maySee(session, contentId)) throw new EnxameError('content-not-found');
      const own = watched.get(session) ?? new Map<ContentId, string>();
      if (!own.has(contentId) && own.size >= maxSourceWatches) throw new EnxameError('too-large');
      const sources = sourcesFor(session, contentId);
      watched.set(session, own.set(contentId, toKey(sources)));
      watchers.set(contentId, (watchers.get(contentId) ?? new Set()).add(session));
      return sources;
    },
    unwatch,
    sourcesOf: (session, contentId) => {
      const reader = readerOf(session);
      const open = [...index.sourcesOf(contentId), ...offers.holders(contentId, false)];
      if (!deps.restricted.hasContent(contentId, reader)) return new Set(open);
      const { restricted } = deps;
      return new Set([
        ...open,
        ...restricted.sourcesOf(contentId, reader, true),
        ...restricted.sourcesOf(contentId, reader, false),
      ]);
    },
    closeSession: (session) => {
      for (const contentId of [...(watched.get(session)?.keys() ?? [])]) unwatch(session, contentId);
    },
    markChanged,
    markMoved: (deviceId) => {
      moved.add(deviceId);
      const session = presence.session(deviceId);
      for (const contentId of session ? offers.offeredBy(session) : []) markChanged(contentId);
      for (const contentId of deps.restricted.announcedBy(deviceId)) markChanged(contentId);
      // What is watched is little beside what a device may have announced.
      for (const contentId of watchers.keys()) if (index.isAnnouncedBy(contentId, deviceId)) markChanged(contentId);
    },
    close: () => {
      changes.close();
    },
  };
}

/** Which devices, and whether they have all of it. Ids are hashes: their beginnings tell them apart. */
const toKey = (sources: readonly Source[]): string =>
  sources.map(({ deviceId, complete }) => `${deviceId.slice(0, 12)}${complete ? '+' : '-'}`).join('');
