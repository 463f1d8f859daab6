import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fromBase32 } from '@enxame/shared/content/base32';
import type { Collection } from '@enxame/shared/content/collection';
import { createCollectionEncoder } from '@enxame/shared/content/collection-encoder';
import type { ShareNotes } from '@enxame/shared/engine/share-notes';
import { EnxameError, fromErrorInfo } from '@enxame/shared/errors/enxame-error';
import { smallFileBytes } from '../hashing/hash-messages.js';
import type { FileManifest } from '../hashing/hash-job.js';
import type { HashPool } from '../hashing/hash-pool.js';
import { isSameStamp, type FileStamp } from '../hashing/regular-file.js';
import { inLanes } from '../library/in-lanes.js';
import type { LocalContents } from '../library/local-contents.js';
import { walkBelow, type WalkRoot } from './folder-walk.js';
import type { HeldFolder } from './held-folder.js';
import { createScanNotes } from './scan-notes.js';

/** What a folder is now. */
export interface FolderScan extends ShareNotes {
  readonly collection: Collection;
  readonly mtimes: Float64Array;
  readonly realPaths: ReadonlyMap<number, string>;
  /** The files of more than one piece that were hashed anew. */
  readonly hashed: readonly { readonly path: string; readonly file: FileManifest }[];
}

export interface ScanDeps {
  readonly root: WalkRoot;
  readonly pool: HashPool;
  readonly contents: LocalContents;
  readonly isPrivate: (realPath: string) => boolean;
  /** The same folder as it was: what kept its stamp is not read again. */
  readonly before: HeldFolder | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (bytesHashed: number) => void;
}

/** Small files that a thread hashes in one turn. */
const batchFiles = 256;
/** Batches under way: every thread has one, and the next. */
const lanes = 4;
/** Entries encoded between two looks at the rest of the engine's work. */
const sliceEntries = 2000;

interface Seen {
  readonly path: string;
  readonly realPath: string;
  /** Null of an empty folder. */
  file: { readonly stamp: FileStamp; readonly contentId: Uint8Array } | null | 'refused';
}

/**
 * Looks through a folder, hashes what is new in it, and makes its collection. (C12) Throws `cancelled`, `folder-empty`,
 * `too-large`; what is wrong with a file is told in `refused`, and the rest goes on.
 */
export async function scanFolder({ root: walkRoot, ...deps }: ScanDeps): Promise<FolderScan> {
  const root = walkRoot.path;
  const notes = createScanNotes();
  const seen: Seen[] = [];
  const hashed: { path: string; file: FileManifest }[] = [];
  const known = await knownFiles(deps.before);
  let bytesHashed = 0;

  async function* batches(): AsyncGenerator<Seen[]> {
    let batch: Seen[] = [];
    for await (const found of walkBelow(walkRoot, deps.isPrivate)) {
      if (deps.signal.aborted) throw new EnxameError('cancelled');
      if (found.kind === 'refused') {
        notes.refuse(join(root, found.realPath), found.error);
        continue;
      }
      notes.take(root, found);
      const entry: Seen = { path: found.path, realPath: found.realPath, file: null };
      seen.push(entry);
      if (found.kind === 'file') batch.push(entry);
      if (batch.length < batchFiles) continue;
      yield batch;
      batch = [];
    }
    yield batch;
  }

  async function hashBatch(batch: readonly Seen[]): Promise<void> {
    const files = batch.map(({ realPath }) => ({ path: join(root, realPath), known: known(realPath)?.stamp ?? null }));
    const results = await deps.pool.smallFiles(files, { signal: deps.signal });
    for (const [index, entry] of batch.entries()) {
      const result = results[index];
      const path = join(root, entry.realPath);
      try {
        if (!result) throw new RangeError('a file without a result');
        if ('error' in result) throw fromErrorInfo(result.error);
        const { stamp, contentId, isKnown } = result;
        const same = isKnown ? known(entry.realPath)?.contentId : contentId;
        // Of a large file the pieces are needed, too: only its record has them.
        const isEnough = same && stamp.size <= smallFileBytes;
        entry.file = isEnough ? { stamp, contentId: same } : await hashLarge(path, stamp);
      } catch (error) {
        if (!(error instanceof EnxameError) || deps.signal.aborted) throw error;
        entry.file = 'refused';
        notes.refuse(path, error);
        continue;
      }
      bytesHashed += entry.file.stamp.size;
    }
    deps.onProgress(bytesHashed);
  }

  async function hashLarge(path: string, stamp: FileStamp) {
    const record = deps.contents.getByPath(path);
    if (record && isSameStamp(record, stamp)) return { stamp, contentId: fromBase32(record.contentId) };
    const before = bytesHashed;
    const file = await deps.pool.manifest(path, {
      signal: deps.signal,
      onProgress: (bytes) => {
        deps.onProgress(before + bytes);
      },
    });
    hashed.push({ path, file });
    return { stamp: { size: file.size, mtimeMs: file.mtimeMs }, contentId: fromBase32(file.contentId) };
  }

  await inLanes(batches(), lanes, hashBatch);
  return { ...(await toCollection(seen, root)), hashed, ...notes.end() };
}

async function toCollection(seen: readonly Seen[], root: string) {
  const entries = seen.filter(({ file }) => file !== 'refused');
  if (entries.length === 0) throw new EnxameError('folder-empty', { path: root });
  const encoder = createCollectionEncoder();
  const mtimes = new Float64Array(entries.length);
  const realPaths = new Map<number, string>();
  for (const [index, { path, realPath, file }] of entries.entries()) {
    if (index % sliceEntries === sliceEntries - 1) await nextTurn();
    if (realPath !== join(path)) realPaths.set(index, realPath);
    if (file === null || file === 'refused') encoder.addEmptyFolder(path);
    else {
      encoder.addFile(path, file.stamp.size, file.contentId);
      mtimes[index] = file.stamp.mtimeMs;
    }
  }
  return { collection: encoder.finish(), mtimes, realPaths };
}

/** What is known of the files of a folder, by where they really are. */
async function knownFiles(
  before: HeldFolder | undefined,
): Promise<(realPath: string) => { readonly stamp: FileStamp; readonly contentId: Uint8Array } | undefined> {
  if (!before) return () => undefined;
  const indexes = new Map<string, number>();
  for (let index = 0; index < before.collection.count; index++) {
    if (index % sliceEntries === sliceEntries - 1) await nextTurn();
    if (before.collection.isFile(index)) indexes.set(before.realPathOf(index), index);
  }
  return (realPath) => {
    const index = indexes.get(realPath);
    if (index === undefined) return undefined;
    return { stamp: before.stampOf(index), contentId: before.collection.contentIdBytes(index) };
  };
}
