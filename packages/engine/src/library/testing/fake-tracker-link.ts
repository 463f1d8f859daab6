import { createHash } from 'node:crypto';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { EntryId } from '@enxame/shared/ids';
import type { AnnouncedEntry } from '@enxame/shared/tracker/entry';
import { toEntriesDigest, toEntryFingerprint } from '@enxame/shared/tracker/entry-fingerprint';
import { trackerRequests } from '@enxame/shared/tracker/requests';
import type { TrackerLink, TrackerSession } from '../../tracker/tracker-session.js';

/** Few, so that more pages than one are asked for. */
const pageEntries = 20;

type Asked = { readonly name: string; readonly count: number };

/** A tracker in memory, that knows the entries of one device, and the link to it. */
export interface FakeTracker {
  readonly link: TrackerLink;
  readonly entries: Map<EntryId, AnnouncedEntry>;
  /** The requests that arrived, with the number of entries in each. */
  readonly asked: Asked[];
  /** Entries that it will not take. */
  readonly refused: Map<string, EnxameError>;
  /** Thrown by the next requests, one each. */
  readonly failures: Error[];
  open(): void;
  end(): void;
  /** Resolves when the condition holds after some request, at once if it does. */
  until(condition: () => boolean): Promise<void>;
}

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

export function createFakeTracker(): FakeTracker {
  const entries = new Map<EntryId, AnnouncedEntry>();
  const asked: Asked[] = [];
  const refused = new Map<string, EnxameError>();
  const failures: Error[] = [];
  const listeners = new Set<(session: TrackerSession) => void>();
  const waiting = new Set<() => void>();
  let current: { session: TrackerSession; abort: AbortController } | undefined;

  function answer(name: string, payload: unknown): unknown {
    switch (name) {
      case 'entries:compare': {
        const { digest, after = '' } = trackerRequests[name].payload.parse(payload);
        const all = [...entries.values()].map((entry) => ({
          id: entry.id,
          fingerprint: toEntryFingerprint(entry, sha256Hex),
        }));
        asked.push({ name, count: all.length });
        if (toEntriesDigest(all, sha256Hex) === digest) return { same: true, known: [] };
        const left = all.filter(({ id }) => id > after).sort((one, other) => (one.id < other.id ? -1 : 1));
        const known = left.slice(0, pageEntries);
        return { same: false, known, ...(left.length > pageEntries && { next: known.at(-1)?.id }) };
      }
      case 'entries:announce': {
        const { entries: given } = trackerRequests[name].payload.parse(payload);
        asked.push({ name, count: given.length });
        for (const entry of given) if (!refused.has(entry.name)) entries.set(entry.id, entry);
        return {
          refused: given.flatMap(({ id, name: file }) => {
            const error = refused.get(file);
            return error ? [{ id, error: error.toJSON() }] : [];
          }),
        };
      }
      case 'entries:withdraw': {
        const { ids } = trackerRequests[name].payload.parse(payload);
        asked.push({ name, count: ids.length });
        for (const id of ids) entries.delete(id);
        return {};
      }
      default:
        throw new EnxameError('not-supported');
    }
  }

  return {
    entries,
    asked,
    refused,
    failures,
    link: {
      get session() {
        return current?.session;
      },
      onSession: (listener) => {
        listeners.add(listener);
        if (current) listener(current.session);
        return () => listeners.delete(listener);
      },
      onPush: () => () => undefined,
    },
    open: () => {
      const abort = new AbortController();
      const session = {
        ended: abort.signal,
        request: async (name: string, payload: unknown) => {
          await new Promise((resolve) => setImmediate(resolve));
          try {
            if (abort.signal.aborted) throw new EnxameError('tracker-offline');
            const failure = failures.shift();
            if (failure) throw failure;
            return answer(name, payload);
          } finally {
            for (const look of waiting) look();
          }
        },
      } as TrackerSession;
      current = { session, abort };
      for (const listener of listeners) listener(session);
    },
    end: () => {
      current?.abort.abort();
      current = undefined;
    },
    until: (condition) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!condition()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}
