/**
 * Keeps each share equal to its file: looks at the file and, when it is not what was hashed, hashes it. Owns the work
 * under way; the states are told to Shares, the manifests to LocalContents. Nothing here throws at the caller of `check`:
 * what a file does wrong becomes the share's state.
 */
import { constants } from 'node:fs';
import { access, lstat } from 'node:fs/promises';
import { EnxameError, toErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { EntryId } from '@enxame/shared/ids';
import type { Logger } from 'pino';
import type { HashPool } from '../hashing/hash-pool.js';
import { isSameStamp, stampOf, toReadError, type FileStamp } from '../hashing/regular-file.js';
import type { FolderHasher } from './folder-hasher.js';
import type { LocalContents } from './local-contents.js';
import type { ShareRecord } from './share-record.js';
import type { Shares } from './shares.js';
import { createSumQueue } from './sum-queue.js';

export interface ShareHasherDeps {
  readonly shares: Shares;
  readonly contents: LocalContents;
  readonly folders: FolderHasher;
  readonly pool: HashPool;
  readonly logger: Logger;
}

export interface ShareHasher {
  /** Resolves when the share is shared or broken, as its file is now, or is no longer there. One at a time a share. */
  check(id: EntryId): Promise<void>;
  /** As `check`, at next to no cost for a file that is what it was: for many at a time. */
  checkIfTouched(id: EntryId): Promise<void>;
  /** Something may have written to the file: if so, the share says at once that it is not what it was. */
  suspect(id: EntryId): Promise<void>;
  /** Stops what is under way for a share that is going away. */
  cancel(id: EntryId): void;
  /** Stops all. Twice without harm. */
  close(): Promise<void>;
}

interface Run {
  readonly abort: AbortController;
  readonly done: Promise<void>;
  /** The file was touched meanwhile: look again at the end. */
  again: boolean;
}

export function createShareHasher({ shares, contents, folders, pool, logger }: ShareHasherDeps): ShareHasher {
  const runs = new Map<EntryId, Run>();
  const sums = createSumQueue({ shares, contents, pool, logger, recheck: check });
  let closed = false;

  function check(id: EntryId): Promise<void> {
    const running = runs.get(id);
    if (running) {
      running.again = true;
      return running.done;
    }
    if (closed) return Promise.resolve();
    const abort = new AbortController();
    const run: Run = { abort, again: true, done: Promise.resolve().then(() => runChecks(id, run)) };
    runs.set(id, run);
    return run.done;
  }

  async function runChecks(id: EntryId, run: Run): Promise<void> {
    try {
      while (run.again && !run.abort.signal.aborted) {
        run.again = false;
        const record = shares.record(id);
        if (record) await settle(record, run.abort.signal);
      }
    } finally {
      if (runs.get(id) === run) runs.delete(id);
    }
  }

  async function settle(record: ShareRecord, signal: AbortSignal): Promise<void> {
    try {
      const settled = await (record.collection ? folders.settle(record, signal) : settleFile(record, signal));
      if (signal.aborted) return;
      // A refusal by the tracker is about what was announced: it stays until that changes.
      const isRefused = shares.exception(record.id)?.state === 'refused';
      if (!isRefused || settled.contentId !== record.contentId) shares.setException(record.id, undefined);
      if (settled.sha256 === null && !settled.collection) sums.add(record.id);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof EnxameError)) logger.error({ err: error, id: record.id }, 'a share could not be checked');
      shares.setException(record.id, { state: 'broken', error: toErrorInfo(error) });
    }
  }

  async function settleFile(record: ShareRecord, signal: AbortSignal): Promise<ShareRecord> {
    const stamp = await lookAt(record.path, shares.exception(record.id)?.state === 'broken');
    return (await keepKnown(record, stamp)) ?? (await hash(record, signal));
  }

  /** The record that is right for a file whose bytes are known already; undefined when they must be read. */
  async function keepKnown(record: ShareRecord, stamp: FileStamp): Promise<ShareRecord | undefined> {
    const known = contents.getByPath(record.path);
    if (!known || !isSameStamp(known, stamp)) return undefined;
    // What its bytes are now is nothing that the person chose to share.
    if (known.damaged) throw new EnxameError('file-changed', { name: record.name });
    contents.setIntact(record.path);
    await contents.hold(record.path, 'share');
    const { contentId, sha256 } = known;
    if (record.contentId === contentId && isSameStamp(record, stamp) && (record.sha256 ?? sha256) === record.sha256) {
      return record;
    }
    return put({ ...record, ...stamp, contentId, sha256 });
  }

  async function hash(record: ShareRecord, signal: AbortSignal): Promise<ShareRecord> {
    const { id, path } = record;
    shares.setException(id, { state: 'hashing', bytesHashed: 0 });
    const onProgress = (bytesHashed: number): void => {
      if (!signal.aborted) shares.setException(id, { state: 'hashing', bytesHashed });
    };
    const { contentId, manifest, size, mtimeMs, sha256: fresh } = await pool.manifest(path, { signal, onProgress });
    const sha256 = fresh ?? (contentId === record.contentId ? record.sha256 : contents.get(contentId)?.sha256) ?? null;
    const next = { ...record, size, mtimeMs, contentId, sha256 };
    // Side by side: should only one of them survive a crash, the check on start puts that right.
    await Promise.all([contents.add({ contentId, path, size, mtimeMs, sha256, manifest, heldAs: 'share' }), put(next)]);
    if (!shares.record(id)) await contents.release(path, 'share');
    return next;
  }

  async function put(record: ShareRecord): Promise<ShareRecord> {
    if (shares.record(record.id)) await shares.put(record);
    return record;
  }

  return {
    check,
    checkIfTouched: async (id) => {
      const record = shares.record(id);
      if (!record) return;
      const known = contents.getByPath(record.path);
      const isWhole =
        known?.contentId === record.contentId &&
        known.heldAs.includes('share') &&
        !known.damaged &&
        record.sha256 !== null;
      if (isWhole && !runs.has(id) && !shares.exception(id)) {
        const stamp = await lookAt(record.path, false).catch(() => undefined); // `check` says what it is
        if (stamp && isSameStamp(stamp, record) && isSameStamp(stamp, known)) return;
      }
      await check(id);
    },
    suspect: async (id) => {
      const record = shares.record(id);
      if (!record || record.collection || runs.has(id) || shares.exception(id)?.state === 'broken') return;
      const stamp = await lookAt(record.path, false).catch(() => undefined); // `check`, which follows, says what it is
      if (!stamp || isSameStamp(stamp, record) || runs.has(id)) return;
      shares.setException(id, { state: 'hashing', bytesHashed: 0 });
    },
    cancel: (id) => {
      runs.get(id)?.abort.abort();
      runs.delete(id);
      sums.cancel(id);
    },
    close: async () => {
      closed = true;
      for (const run of runs.values()) run.abort.abort();
      await Promise.all([...runs.values()].map((run) => run.done));
      await sums.close();
    },
  };
}

/** Throws `file-vanished`, `path-is-a-link`, `path-not-a-file`, `path-unreadable`. */
async function lookAt(path: string, wasBroken: boolean): Promise<FileStamp> {
  try {
    const stats = await lstat(path);
    if (stats.isSymbolicLink()) throw new EnxameError('path-is-a-link', { path });
    if (!stats.isFile()) throw new EnxameError('path-not-a-file', { path });
    // Else an unreadable file that did not change would be shared and broken in turns.
    if (wasBroken) await access(path, constants.R_OK);
    return stampOf(stats);
  } catch (error) {
    throw toReadError(error, path);
  }
}
