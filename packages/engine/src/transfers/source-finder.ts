import { checkDeviceGrant } from '@enxame/identity/device-grant';
import { EnxameError, toErrorInfo, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { ContentId, TrackerId, UserId } from '@enxame/shared/ids';
import type { Source } from '@enxame/shared/tracker/person';
import type { Authority } from '../peer/authority.js';
import type { TrackerLink, TrackerSession } from '../tracker/tracker-session.js';
import type { CodeFeeds, SourceFeed } from './source-feed.js';
import type { SourceWatches } from './source-watches.js';

/** A ticket that ends within this time is replaced: a long download must not stop for one. */
const renewBeforeMs = 10 * 60_000;

export interface SourceFinderDeps {
  readonly link: TrackerLink;
  readonly trackerId: () => TrackerId | undefined;
  /** False when the name had another key before; whoever answers has told the person. */
  readonly checkKey: (trackerId: TrackerId, userName: string, userId: UserId) => Promise<boolean>;
  /** The sources of what came by a code: no tracker knows them. Without it there are none. */
  readonly codeFeeds?: CodeFeeds;
  /** Shared by all that follow sources through this link. Without it, this one is alone. */
  readonly watches?: SourceWatches;
}

/**
 * The sources of one content as the tracker tells them, and the ticket for them. `onChange` is called when there is something new to try or to tell: other sources, the first ticket, another error.
 * What is as it was wakes nobody: the answer to `refresh` would else end the wait that comes after it.
 */
export function createSourceFinder(contentId: ContentId, deps: SourceFinderDeps, onChange: () => void): SourceFeed {
  let sources: readonly Source[] = [];
  let authority: Authority | undefined;
  let expiresAt = Infinity;
  let error: ErrorInfo | undefined;
  let hasNews = false;
  let newest = 0;
  let closed = false;

  async function isTrusted(source: Source): Promise<boolean> {
    const trackerId = deps.trackerId();
    if (!trackerId) return false;
    try {
      const { userId, deviceId } = checkDeviceGrant(source.grant);
      if (deviceId !== source.deviceId) return false;
      // The tracker's own copy: its key is the one that is pinned for the tracker, and no person's.
      if (source.hosted) return (userId as string) === trackerId;
      return await deps.checkKey(trackerId, source.userName, userId);
    } catch (failure) {
      if (failure instanceof EnxameError && failure.code === 'signature-invalid') return false;
      throw failure;
    }
  }

  /** Answers and pushes are looked at beside each other: only the newest counts, whichever is done first. */
  async function take(found: readonly Source[]): Promise<void> {
    const turn = ++newest;
    const trusted = await Promise.all(found.map(isTrusted));
    if (closed || turn !== newest) return;
    const next = found.filter((_, index) => trusted[index]);
    if (!isSame(next, sources)) {
      sources = next;
      hasNews = true;
    }
    if (error) hasNews = true;
    error = undefined;
    if (!hasNews) return;
    hasNews = false;
    onChange();
  }

  function fail(failure: unknown): void {
    const next = toErrorInfo(failure);
    const isNew = next.code !== error?.code;
    error = next;
    if (isNew && !closed) onChange();
  }

  async function watch(session: TrackerSession): Promise<void> {
    try {
      const reply = await session.request('sources:watch', { contentId });
      if (authority === undefined) hasNews = true;
      authority = { ticket: reply.ticket };
      expiresAt = reply.expiresAt;
      await take(reply.sources);
    } catch (failure) {
      fail(failure);
      throw failure;
    }
  }

  const leave = deps.watches?.enter(contentId) ?? (() => true);
  const endSession = deps.link.onSession((session) => {
    watch(session).catch(() => undefined); // kept in `error`, and asked again by `refresh`
  });
  const endPush = deps.link.onPush('sources:changed', (push) => {
    if (push.contentId === contentId) take(push.sources).catch(fail);
  });

  return {
    get sources() {
      return sources;
    },
    get authority() {
      return authority;
    },
    get error() {
      return error;
    },
    isStale: (now) => now > expiresAt - renewBeforeMs,
    refresh: async () => {
      if (!deps.link.session) throw new EnxameError('tracker-offline');
      await watch(deps.link.session);
    },
    close: () => {
      closed = true;
      endSession();
      endPush();
      if (!leave()) return;
      // Whether the tracker hears it or not: it forgets the watch with the session.
      deps.link.session?.request('sources:unwatch', { contentId }).catch(() => undefined);
    },
  };
}

/** The same devices with as much at the same addresses, in the same order. */
function isSame(some: readonly Source[], others: readonly Source[]): boolean {
  const key = (source: Source): unknown => [source.deviceId, source.userName, source.addresses, source.complete];
  return JSON.stringify(some.map(key)) === JSON.stringify(others.map(key));
}
