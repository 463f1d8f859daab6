import type { HashPool } from '../hashing/hash-pool.js';
import { isSameFile } from '../content/is-same-file.js';
import type { LocalContents } from '../library/local-contents.js';
import { removeFile } from '@enxame/storage/durable-file';
import type { FolderBoard } from './folder-board.js';
import type { FolderStore } from './folder-store.js';
import type { FolderThread } from './folder-thread.js';
import type { PartFolder } from './part-folder.js';
import { verifyMembers } from './member-verifier.js';

/** Files copied between two looks at whether anybody still wants them. */
const batchFiles = 128;

export interface CopyDeps {
  readonly contents: Pick<LocalContents, 'get'>;
  readonly folders: Pick<FolderStore, 'find'>;
  readonly thread: FolderThread;
  readonly pool: Pick<HashPool, 'smallFiles' | 'manifest'>;
  readonly signal: AbortSignal;
  readonly onChange: () => void;
}

/**
 * Fills a part folder with what this computer has already, wherever: copied, with blocks in common where the file system
 * can, and hashed, for a stamp proves nothing. (C16)
 */
export async function copyMembers(
  board: FolderBoard,
  part: PartFolder,
  deps: CopyDeps,
  findHere: (index: number) => Promise<string | undefined> = (index) => findInLibrary(board, deps, index),
): Promise<void> {
  let copies: { index: number; from: string; to: string }[] = [];
  const copyAll = async (): Promise<void> => {
    const batch = copies;
    copies = [];
    // What an earlier run left there was hashed, and is not what is wanted.
    for (const { to } of batch) await removeFile(to);
    const { errors } = await deps.thread.run('copy', { copies: batch });
    const copied = batch.filter((_, at) => errors[at] === null);
    await verifyMembers(
      board.collection,
      copied.map(({ index, to }) => ({ index, path: to })),
      {
        pool: deps.pool,
        signal: deps.signal,
        onVerified: (index, stamp, manifest) => {
          board.markDone(index, stamp, manifest);
        },
      },
    );
    deps.onChange();
  };
  for (const index of board.missing()) {
    deps.signal.throwIfAborted();
    const from = await findHere(index);
    if (from === undefined) continue;
    copies.push({ index, from, to: part.pathOf(index) });
    if (copies.length >= batchFiles) await copyAll();
  }
  if (copies.length > 0) await copyAll();
}

/** A path that should hold the content of an entry, and whose stamp is what it was. */
export async function findInLibrary(
  { collection }: Pick<FolderBoard, 'collection'>,
  { contents, folders }: Pick<CopyDeps, 'contents' | 'folders'>,
  index: number,
): Promise<string | undefined> {
  const contentId = collection.contentId(index);
  const record = contents.get(contentId);
  if (record && (await isSameFile(record.path, record))) return record.path;
  for (const { folder, index: at } of folders.find(contentId)) {
    const path = folder.pathOf(at);
    if (await isSameFile(path, folder.stampOf(at))) return path;
  }
  return undefined;
}
