import { isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import type { EntryId } from '@enxame/shared/ids';
import type { Logger } from 'pino';
import type { HashPool } from '../hashing/hash-pool.js';
import type { LocalContents } from './local-contents.js';
import type { Shares } from './shares.js';

export interface SumQueueDeps {
  readonly shares: Shares;
  readonly contents: LocalContents;
  readonly pool: HashPool;
  readonly logger: Logger;
  /** The file is not what it was: look at it again. */
  readonly recheck: (id: EntryId) => Promise<void>;
}

/** The shares that wait for their SHA-256. */
export interface SumQueue {
  add(id: EntryId): void;
  cancel(id: EntryId): void;
  close(): Promise<void>;
}

/** Enough to keep every worker busy; the rest waits here as a bare id. */
const maxRunning = 8;

export function createSumQueue({ shares, contents, pool, logger, recheck }: SumQueueDeps): SumQueue {
  const waiting = new Set<EntryId>();
  const running = new Map<EntryId, { readonly abort: AbortController; readonly done: Promise<void> }>();

  function startNext(): void {
    for (const id of waiting) {
      if (running.size >= maxRunning) return;
      if (running.has(id)) continue;
      waiting.delete(id);
      const abort = new AbortController();
      const done = sum(id, abort.signal).finally(() => {
        running.delete(id);
        startNext();
      });
      running.set(id, { abort, done });
    }
  }

  async function sum(id: EntryId, signal: AbortSignal): Promise<void> {
    const record = shares.record(id);
    if (!record?.contentId || record.sha256 !== null) return;
    try {
      const { contentId, path, size, mtimeMs } = record;
      const sha256 = await pool.sha256(path, { signal, expected: { size, mtimeMs } });
      await contents.setSha256(contentId, sha256);
      const now = shares.record(id);
      if (now?.contentId === contentId) await shares.put({ ...now, sha256 });
    } catch (error) {
      if (signal.aborted || isErrorWithCode(error, 'engine-stopped')) return;
      if (isErrorWithCode(error, 'file-changed', 'file-vanished', 'path-is-a-link', 'path-not-a-file')) {
        // Not awaited: the check may add this share again, which must find it no longer running.
        void recheck(id);
        return;
      }
      // The share stays without its sum until it is checked again.
      logger.warn({ err: error, id }, 'no SHA-256 of a share');
    }
  }

  return {
    add: (id) => {
      waiting.add(id);
      startNext();
    },
    cancel: (id) => {
      waiting.delete(id);
      running.get(id)?.abort.abort();
    },
    close: async () => {
      waiting.clear();
      const under = [...running.values()];
      for (const { abort } of under) abort.abort();
      await Promise.all(under.map(({ done }) => done));
    },
  };
}
