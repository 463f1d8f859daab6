import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { toSafeFileName } from '@enxame/shared/content/file-name';
import type { HashPool } from '../hashing/hash-pool.js';
import { candidateNames } from '../transfers/free-name.js';
import { createFolderBoard, type FolderBoard } from './folder-board.js';
import type { Collection } from '@enxame/shared/content/collection';
import { verifyMembers } from './member-verifier.js';

/**
 * Looks whether the collection is already in the folder under its name (or with a number behind): every file of it,
 * hashed; what else is there does not matter. Resolves with where, and the stamps.
 */
export async function findExistingFolder(
  wanted: { readonly folder: string; readonly name: string },
  collection: Collection,
  deps: { readonly pool: Pick<HashPool, 'smallFiles' | 'manifest'>; readonly signal: AbortSignal },
): Promise<{ readonly path: string; readonly board: FolderBoard } | undefined> {
  for (const name of candidateNames(toSafeFileName(wanted.name))) {
    const path = join(wanted.folder, name);
    const kind = await kindOf(path);
    if (kind === 'nothing') return undefined;
    if (kind !== 'folder') continue;
    const board = createFolderBoard(collection);
    if (await holdsAll(path, board, deps)) return { path, board };
  }
  return undefined;
}

async function holdsAll(
  path: string,
  board: FolderBoard,
  { pool, signal }: { readonly pool: Pick<HashPool, 'smallFiles' | 'manifest'>; readonly signal: AbortSignal },
): Promise<boolean> {
  const { collection } = board;
  let isWrong = false;

  /** Ends with the first that is not right: another folder of that name is not hashed to its end. */
  function* candidates() {
    for (let index = 0; index < collection.count && !isWrong; index++) {
      if (collection.isFile(index)) yield { index, path: join(path, collection.path(index)) };
    }
  }

  for (let index = 0; index < collection.count; index++) {
    if (!collection.isFile(index) && (await kindOf(join(path, collection.path(index)))) !== 'folder') return false;
  }
  await verifyMembers(collection, candidates(), {
    pool,
    signal,
    onVerified: (index, stamp, manifest) => {
      board.markDone(index, stamp, manifest);
    },
    onWrong: () => {
      isWrong = true;
    },
  });
  return board.isComplete;
}

async function kindOf(path: string): Promise<'nothing' | 'folder' | 'other'> {
  try {
    return (await lstat(path)).isDirectory() ? 'folder' : 'other';
  } catch (error) {
    // A folder that cannot be looked into cannot be written either; the part folder says so, with the right words.
    if (['ENOENT', 'EACCES', 'ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return 'nothing';
    throw error;
  }
}
