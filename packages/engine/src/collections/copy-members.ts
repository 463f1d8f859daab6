import { setImmediate as nextTurn } from 'node:timers/promises';
import type { HashPool } from '../hashing/hash-pool.js';
import { isSameStamp, type FileStamp } from '../hashing/regular-file.js';
import type { LocalContents } from '../library/local-contents.js';
import { removeFile } from '@enxame/storage/durable-file';
import type { FolderBoard } from './folder-board.js';
import type { FolderStore } from './folder-store.js';
import type { FolderThread } from './folder-thread.js';
import type { PartFolder } from './part-folder.js';
import { verifyMembers } from './member-verifier.js';

/** Files copied between two looks at whether anybody still wants them. */
const batchFiles = 128;
/** Files looked at, to see whether they are what they were, before the first of them is copied. */
const lookFiles = 2000;

export interface CopyDeps {
  readonly contents: Pick<LocalContents, 'get'>;
  readonly folders: Pick<FolderStore, 'find'>;
  readonly thread: FolderThread;
  readonly pool: Pick<HashPool, 'smallFiles' | 'manifest'>;
  readonly signal: AbortSignal;
  readonly onChange: () => void;
}

/** A file that should hold a content, if its stamp is still this one. */
export interface KnownFile {
  readonly path: string;
  readonly stamp: FileStamp;
}

interface Copy {
  readonly index: number;
  readonly known: KnownFile;
}

/**
 * Fills a part folder with what this computer has already: copied, with blocks in common where the file system can, and
 * hashed, for a stamp proves nothing. (C16) `findHere` says where a file of the folder may be.
 */
export async function copyMembers(
  board: FolderBoard,
  part: PartFolder,
  deps: CopyDeps,
  findHere: (index: number) => KnownFile | undefined = (index) => findInLibrary(board, deps, index),
): Promise<void> {
  async function copy(batch: readonly Copy[]): Promise<void> {
    const copies = batch.map(({ index, known }) => ({ from: known.path, to: part.pathOf(index) }));
    // What an earlier run left there was hashed, and is not what is wanted.
    if (part.wasThere) for (const { to } of copies) await removeFile(to);
    const { errors } = await deps.thread.run('copy', { copies });
    const copied = batch.filter((_, at) => errors[at] === null);
    await verifyMembers(
      board.collection,
      copied.map(({ index }) => ({ index, path: part.pathOf(index) })),
      {
        pool: deps.pool,
        signal: deps.signal,
        onVerified: (index, stamp, manifest) => {
          board.markDone(index, stamp, manifest);
        },
      },
    );
    deps.onChange();
  }

  async function copyUnchanged(candidates: readonly Copy[]): Promise<void> {
    const { stamps } = await deps.thread.run('look', { files: candidates.map(({ known }) => known.path) });
    const unchanged = candidates.filter(({ known }, at) => {
      const stamp = stamps[at];
      return stamp && isSameStamp(stamp, known.stamp);
    });
    for (let start = 0; start < unchanged.length; start += batchFiles) {
      deps.signal.throwIfAborted();
      await copy(unchanged.slice(start, start + batchFiles));
    }
  }

  let candidates: Copy[] = [];
  let seen = 0;
  for (const index of board.missing()) {
    if (++seen % lookFiles === 0) await nextTurn();
    const known = findHere(index);
    if (known) candidates.push({ index, known });
    if (candidates.length < lookFiles) continue;
    await copyUnchanged(candidates);
    candidates = [];
  }
  if (candidates.length > 0) await copyUnchanged(candidates);
}

/** Where this computer has the content of an entry, as far as is known. */
export function findInLibrary(
  { collection }: Pick<FolderBoard, 'collection'>,
  { contents, folders }: Pick<CopyDeps, 'contents' | 'folders'>,
  index: number,
): KnownFile | undefined {
  const contentId = collection.contentId(index);
  const record = contents.get(contentId);
  if (record) return { path: record.path, stamp: record };
  const [place] = folders.find(contentId);
  return place && { path: place.folder.pathOf(place.index), stamp: place.folder.stampOf(place.index) };
}
