import { checkDeviceGrant } from '@enxame/identity/device-grant';
import { EnxameError, toErrorInfo, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { ContentId, TrackerId, UserId } from '@enxame/shared/ids';
import type { Source } from '@enxame/shared/tracker/person';
import type { TrackerLink, TrackerSession } from '../tracker/tracker-session.js';

/** The sources of one content as the tracker tells them, and the ticket for them. */
export interface SourceFinder {
  /** Those whose device was proven to be its user's. The last known ones while there is no tracker. */
  readonly sources: readonly Source[];
  readonly ticket: string | undefined;
  /** Why there are none, if the tracker said so. */
  readonly error: ErrorInfo | undefined;
  /** Asks again: for a new ticket, or after a refusal. Throws as `sources:watch` does. */
  refresh(): Promise<void>;
  close(): void;
}

export interface SourceFinderDeps {
  readonly link: TrackerLink;
  readonly trackerId: () => TrackerId | undefined;
  /** False when the name had another key before; whoever answers has told the person. */
  readonly checkKey: (trackerId: TrackerId, userName: string, userId: UserId) => Promise<boolean>;
}

/** `onChange` is called whenever sources, ticket or error are others than before. */
export function createSourceFinder(contentId: ContentId, deps: SourceFinderDeps, onChange: () => void): SourceFinder {
  let sources: readonly Source[] = [];
  let ticket: string | undefined;
  let error: ErrorInfo | undefined;
  let closed = false;

  async function isTrusted(source: Source): Promise<boolean> {
    const trackerId = deps.trackerId();
    if (!trackerId) return false;
    try {
      const { userId, deviceId } = checkDeviceGrant(source.grant);
      return deviceId === source.deviceId && (await deps.checkKey(trackerId, source.userName, userId));
    } catch (failure) {
      if (failure instanceof EnxameError && failure.code === 'signature-invalid') return false;
      throw failure;
    }
  }

  async function take(found: readonly Source[]): Promise<void> {
    const trusted = await Promise.all(found.map(isTrusted));
    sources = found.filter((_, index) => trusted[index]);
    if (!closed) onChange();
  }

  async function watch(session: TrackerSession): Promise<void> {
    try {
      const reply = await session.request('sources:watch', { contentId });
      ticket = reply.ticket;
      error = undefined;
      await take(reply.sources);
    } catch (failure) {
      error = toErrorInfo(failure);
      if (!closed) onChange();
      throw failure;
    }
  }

  const endSession = deps.link.onSession((session) => {
    watch(session).catch(() => undefined); // kept in `error`, and asked again by `refresh`
  });
  const endPush = deps.link.onPush('sources:changed', (push) => {
    if (push.contentId === contentId) void take(push.sources);
  });

  return {
    get sources() {
      return sources;
    },
    get ticket() {
      return ticket;
    },
    get error() {
      return error;
    },
    refresh: async () => {
      if (!deps.link.session) throw new EnxameError('tracker-offline');
      await watch(deps.link.session);
    },
    close: () => {
      closed = true;
      endSession();
      endPush();
      // Whether the tracker hears it or not: it forgets the watch with the session.
      deps.link.session?.request('sources:unwatch', { contentId }).catch(() => undefined);
    },
  };
}
