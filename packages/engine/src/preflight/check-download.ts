import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { toSafeFileName } from '@enxame/shared/content/file-name';
import type { Preflight } from '@enxame/shared/engine/preflight';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { isSameFile } from '../content/is-same-file.js';
import type { FolderStore } from '../collections/folder-store.js';
import { findExistingFolder } from '../collections/find-existing-folder.js';
import { findInLibrary } from '../collections/copy-members.js';
import type { Collection } from '@enxame/shared/content/collection';
import type { HashPool } from '../hashing/hash-pool.js';
import type { LocalContents } from '../library/local-contents.js';
import { candidateNames } from '../transfers/free-name.js';
import type { WantedDownload } from '../transfers/wanted-download.js';
import { freeBytes, reserveBytes } from './room.js';

export interface PreflightDeps {
  readonly contents: Pick<LocalContents, 'get' | 'getByPath'>;
  readonly folders: Pick<FolderStore, 'find'>;
  readonly pool: Pick<HashPool, 'smallFiles' | 'manifest'>;
  /** The collection of a folder; undefined when no source gives its document in time. */
  readonly openCollection: (wanted: WantedDownload) => Promise<Collection | undefined>;
  readonly signal: AbortSignal;
}

/** A larger file of the same name and size is not hashed while somebody waits for the answer; the download does. */
const maxHashedBytes = 1024 * 1024 * 1024;

/**
 * What fetching an entry into a folder would meet, told before the first byte of it. (C19) Of a folder the document is
 * fetched, for only it says which files are here already. Throws what the disk says of the folder.
 */
export async function checkDownload(wanted: WantedDownload, deps: PreflightDeps): Promise<Preflight> {
  const { contentId, entryId, name, size, folder } = wanted;
  const collection = wanted.collection ? await deps.openCollection(wanted) : undefined;
  const collisionHere = await findCollision(wanted, collection, deps);
  const here = await whatIsHere(wanted, collection, collisionHere === 'same', deps);
  const free = await freeBytes(folder);
  const isThere = collisionHere === 'same';
  return {
    contentId,
    entryId,
    name,
    size,
    bytesHere: here.bytes,
    bytesToFetch: size - here.bytes,
    files: wanted.collection?.files ?? null,
    filesHere: here.files,
    folder,
    freeBytes: free,
    // What is copied takes its room, too.
    fits: isThere || free >= size + reserveBytes,
    collision: collisionHere,
    savedAs: isThere ? toSafeFileName(name) : await firstFreeName(folder, name),
    // A collection has only names that every system can have: whoever shares it has seen to that. (C11, C12)
    renames:
      toSafeFileName(name) === name ? noRenames : { count: 1, shown: [{ from: name, to: toSafeFileName(name) }] },
  };
}

const noRenames: Preflight['renames'] = { count: 0, shown: [] };

async function findCollision(
  wanted: WantedDownload,
  collection: Collection | undefined,
  deps: PreflightDeps,
): Promise<Preflight['collision']> {
  const path = join(wanted.folder, toSafeFileName(wanted.name));
  const stats = await lstatIfThere(path);
  if (!stats) return 'none';
  if (wanted.collection) {
    const found = stats.isDirectory() && collection ? await findExistingFolder(wanted, collection, deps) : undefined;
    return found?.path === path ? 'same' : 'other';
  }
  if (!stats.isFile() || stats.size !== wanted.size) return 'other';
  const record = deps.contents.getByPath(path);
  if (record && (await isSameFile(path, record))) return record.contentId === wanted.contentId ? 'same' : 'other';
  if (stats.size > maxHashedBytes) return 'other';
  try {
    return (await deps.pool.manifest(path, { signal: deps.signal })).contentId === wanted.contentId ? 'same' : 'other';
  } catch (error) {
    if (!(error instanceof EnxameError) || deps.signal.aborted) throw error;
    return 'other'; // what cannot be read is a name that is taken
  }
}

/** Bytes and files that need not be fetched; files are null of a file, and while the document is not here. */
async function whatIsHere(
  wanted: WantedDownload,
  collection: Collection | undefined,
  isThere: boolean,
  deps: PreflightDeps,
): Promise<{ readonly bytes: number; readonly files: number | null }> {
  if (!collection) return { bytes: isThere ? wanted.size : 0, files: null };
  if (isThere) return { bytes: wanted.size, files: collection.fileCount };
  let [bytes, files] = [0, 0];
  for (let index = 0; index < collection.count; index++) {
    if (!collection.isFile(index)) continue;
    const known = findInLibrary({ collection }, deps, index);
    if (!known || !(await isSameFile(known.path, known.stamp))) continue;
    bytes += collection.size(index);
    files++;
  }
  return { bytes, files };
}

async function firstFreeName(folder: string, name: string): Promise<string> {
  for (const candidate of candidateNames(toSafeFileName(name))) {
    if (!(await lstatIfThere(join(folder, candidate)))) return candidate;
  }
  throw new RangeError('there is always another name');
}

async function lstatIfThere(path: string) {
  try {
    return await lstat(path);
  } catch (error) {
    // A folder that is not there yet holds nothing; one that cannot be looked into says so when it is written to.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
