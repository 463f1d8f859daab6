import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import type { Source } from '@enxame/shared/tracker/person';
import type { TrackerPushes } from '@enxame/shared/tracker/pushes';
import type { TrackerLink, TrackerSession } from '../tracker/tracker-session.js';

/** A tracker in memory that knows the sources of one content, and the link to it. */
export interface FakeSourceTracker {
  readonly link: TrackerLink;
  /** How often sources were asked for. */
  readonly asked: number;
  readonly unwatched: number;
  ticket: string;
  /** Thrown by the next requests instead of an answer. */
  failure: EnxameError | undefined;
  /** Tells it, as a tracker does when a device comes or goes. */
  setSources(...sources: readonly Source[]): void;
  /** The session ends, and begins anew. */
  end(): void;
  open(): void;
}

export function createFakeSourceTracker(contentId: ContentId, ...known: readonly Source[]): FakeSourceTracker {
  const sessionListeners = new Set<(session: TrackerSession) => void>();
  const pushListeners = new Set<(push: TrackerPushes['sources:changed']) => void>();
  let sources = [...known];
  let current: { session: TrackerSession; abort: AbortController } | undefined;
  let asked = 0;
  let unwatched = 0;

  function answer(name: string): unknown {
    if (fake.failure) throw fake.failure;
    if (name === 'sources:watch') {
      asked++;
      return { ticket: fake.ticket, expiresAt: Date.now() + 3_600_000, sources: [...sources] };
    }
    if (name !== 'sources:unwatch') throw new EnxameError('not-supported');
    unwatched++;
    return {};
  }

  const fake: FakeSourceTracker = {
    link: {
      get session() {
        return current?.session;
      },
      onSession: (listener) => {
        sessionListeners.add(listener);
        if (current) listener(current.session);
        return () => sessionListeners.delete(listener);
      },
      onPush: (name, listener) => {
        if (name === 'sources:changed') pushListeners.add(listener as never);
        return () => pushListeners.delete(listener as never);
      },
    },
    get asked() {
      return asked;
    },
    get unwatched() {
      return unwatched;
    },
    ticket: 'ticket-1',
    failure: undefined,
    setSources: (...next) => {
      sources = [...next];
      if (current) for (const listener of [...pushListeners]) listener({ contentId, sources: [...sources] });
    },
    end: () => {
      current?.abort.abort();
      current = undefined;
    },
    open: () => {
      const abort = new AbortController();
      const session: TrackerSession = {
        request: async (name) => {
          await Promise.resolve();
          if (abort.signal.aborted) throw new EnxameError('tracker-offline');
          return answer(name) as never;
        },
        ended: abort.signal,
      };
      current = { session, abort };
      for (const listener of [...sessionListeners]) listener(session);
    },
  };
  fake.open();
  return fake;
}
