import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { toBase32 } from '@enxame/shared/content/base32';
import { toSafeFileName } from '@enxame/shared/content/file-name';
import type { Share } from '@enxame/shared/engine/share';
import { maxNotesShown, type ShareNotes } from '@enxame/shared/engine/share-notes';
import { toAudience, type Visibility } from '@enxame/shared/engine/visibility';
import { EnxameError, toErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { EntryId } from '@enxame/shared/ids';
import { stampOf, type FileStamp } from '../hashing/regular-file.js';
import type { FolderHasher } from './folder-hasher.js';
import { inLanes } from './in-lanes.js';
import type { ShareHasher } from './share-hasher.js';
import type { ShareRecord } from './share-record.js';
import type { Shares } from './shares.js';
import type { Timers } from './timers.js';
import { walkFolder, type Walked } from './walk-folder.js';

export interface ShareAdderDeps {
  readonly shares: Shares;
  readonly hasher: ShareHasher;
  readonly folders: FolderHasher;
  readonly isPrivate: (realPath: string) => boolean;
  readonly timers: Timers;
  readonly randomBytes: (count: number) => Uint8Array;
}

export interface AddOptions {
  /** The files of folders one by one. */
  readonly each?: boolean | undefined;
  /** All paths as one folder of this name. */
  readonly together?: string | undefined;
  /** Otherwise a new share is for everyone, and one that is there stays what it is. */
  readonly visibility?: Visibility | undefined;
  /** What is shared already stays as it is, whatever `visibility` says. */
  readonly onlyNew?: boolean;
}

export type AddedShares = ShareNotes & { readonly shares: Share[] };

/** Files looked at and handed to the hashing threads at the same time. */
const lanes = 64;

type Chosen = Walked | { readonly path: string; readonly kind: 'folder'; readonly chosen: readonly string[] | null };

/**
 * Shares what a person chose: files as they are, folders as collections. Answers when each has its contentId. The same
 * path again is the same share. Refuses, a path at a time: `path-not-found`, `path-unreadable`, `path-not-a-file`,
 * `path-is-a-link`, `folder-empty`, `file-changed`, `file-vanished`, `file-too-large`, `too-large`.
 */
export async function addShares(
  deps: ShareAdderDeps,
  paths: readonly string[],
  options: AddOptions = {},
): Promise<AddedShares> {
  const added = new Map<EntryId, Share>();
  const notes: ShareNotes[] = [];

  async function add(found: Chosen): Promise<void> {
    try {
      if ('error' in found) throw found.error;
      const share = await sharePath(deps, found, options);
      const told = deps.folders.takeNotes(share.id);
      if (told) notes.push(told);
      added.set(share.id, share);
    } catch (error) {
      if (!(error instanceof EnxameError)) throw error;
      const refused = [{ path: found.path, error: toErrorInfo(error) }];
      notes.push({ refused, refusedCount: 1, renamed: [], renamedCount: 0, hiddenCount: 0 });
    }
  }

  await inLanes(chosenPaths(deps, paths, options), lanes, add);
  return { shares: [...added.values()], ...sumNotes(notes) };
}

function sumNotes(notes: readonly ShareNotes[]): ShareNotes {
  const sum = (pick: (each: ShareNotes) => number): number => notes.reduce((total, each) => total + pick(each), 0);
  return {
    refused: notes.flatMap(({ refused }) => refused),
    refusedCount: sum(({ refusedCount }) => refusedCount),
    renamed: notes.flatMap(({ renamed }) => renamed).slice(0, maxNotesShown),
    renamedCount: sum(({ renamedCount }) => renamedCount),
    hiddenCount: sum(({ hiddenCount }) => hiddenCount),
  };
}

/** Each path once. */
async function* chosenPaths(
  deps: ShareAdderDeps,
  paths: readonly string[],
  { each = false, together }: AddOptions,
): AsyncGenerator<Chosen> {
  const absolute = [...new Set(paths.map((given) => resolve(given)))];
  if (together !== undefined) {
    yield* chosenTogether(deps, absolute, together);
    return;
  }
  for (const path of absolute) {
    try {
      const { kind, realPath } = await examine(path, deps.isPrivate);
      if (kind === 'file') yield { path };
      else if (each) yield* filesOf(deps, path, realPath);
      else yield { path, kind: 'folder', chosen: null };
    } catch (error) {
      if (!(error instanceof EnxameError)) throw error;
      yield { path, error };
    }
  }
}

async function* filesOf(deps: ShareAdderDeps, path: string, realPath: string): AsyncGenerator<Chosen> {
  let count = 0;
  for await (const found of walkFolder(path, realPath, deps.isPrivate)) {
    count++;
    yield found;
  }
  if (count === 0) yield { path, error: new EnxameError('folder-empty', { path }) };
}

/** What can be shared of the paths, in the folder that holds them all. */
async function* chosenTogether(deps: ShareAdderDeps, paths: readonly string[], name: string): AsyncGenerator<Chosen> {
  const good: string[] = [];
  for (const path of paths) {
    try {
      await examine(path, deps.isPrivate);
      good.push(path);
    } catch (error) {
      if (!(error instanceof EnxameError)) throw error;
      yield { path, error };
    }
  }
  const folder = commonFolder(good);
  if (folder === undefined) return;
  yield { path: join(folder, name), kind: 'folder', chosen: good };
}

/** The folder that all paths are below; undefined of none. Paths on two drives of Windows have none. */
function commonFolder(paths: readonly string[]): string | undefined {
  const [first, ...others] = paths.map((path) => dirname(path).split(sep));
  if (!first) return undefined;
  let length = first.length;
  for (const parts of others) {
    let same = 0;
    while (same < length && parts[same] === first[same]) same++;
    length = same;
  }
  return length === 0 ? undefined : first.slice(0, length).join(sep) || sep;
}

async function examine(
  path: string,
  isPrivate: (realPath: string) => boolean,
): Promise<{ kind: 'file' | 'folder'; realPath: string }> {
  try {
    const stats = await lstat(path);
    if (stats.isSymbolicLink()) throw new EnxameError('path-is-a-link', { path });
    // Asked of the real path: a link further up must not lead to what has to stay here.
    const realPath = await realpath(path);
    if (isPrivate(realPath)) throw new EnxameError('path-unreadable', { path });
    if (stats.isDirectory()) return { kind: 'folder', realPath };
    if (stats.isFile()) return { kind: 'file', realPath };
    throw new EnxameError('path-not-a-file', { path });
  } catch (error) {
    throw toPathError(error, path);
  }
}

async function sharePath(
  deps: ShareAdderDeps,
  found: Exclude<Chosen, { readonly error: EnxameError }>,
  { visibility, onlyNew = false }: AddOptions,
): Promise<Share> {
  const { shares, hasher, timers, randomBytes } = deps;
  const { path } = found;
  const audience = visibility && toAudience(visibility);
  const folder = 'kind' in found ? found : undefined;
  const stamp = folder ? { size: 0, mtimeMs: 0 } : await stampAt(path);
  // Nothing is awaited from here until `put` has taken the path: of two that add it, one makes the share.
  const existing = shares.idAt(path);
  const id = existing ?? (toBase32(randomBytes(16)) as EntryId);
  if (existing === undefined) {
    const name = toSafeFileName(basename(path));
    const collection = folder ? { files: 0, documentBytes: 0 } : null;
    const chosen = folder?.chosen ? [...folder.chosen] : null;
    const unhashed = { contentId: null, sha256: null, addedAt: timers.now(), audience: audience ?? null };
    const record: ShareRecord = { id, path, name, ...stamp, collection, chosen, ...unhashed };
    await Promise.all([shares.put(record), hasher.check(id)]);
  } else {
    const known = shares.record(existing);
    if (known && audience !== undefined && !onlyNew) await shares.put({ ...known, audience });
    await hasher.check(id);
  }
  const share = shares.view(id);
  // Withdrawn, or the engine stopped, while it was being hashed.
  if (!share || share.state === 'hashing') throw new EnxameError('cancelled');
  if (share.state !== 'broken') return share;
  if (existing === undefined) await shares.delete(id);
  const { code, params } = share.error ?? { code: 'internal' as const };
  throw new EnxameError(code, params);
}

function stampAt(path: string): Promise<FileStamp> {
  return lstat(path).then(stampOf, (error: unknown) => {
    throw toPathError(error, path);
  });
}

/** EnxameErrors pass through. */
function toPathError(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
      return new EnxameError('path-not-found', { path }, { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EIO':
    case 'ELOOP':
      return new EnxameError('path-unreadable', { path }, { cause: error });
    default:
      return error;
  }
}
