import { lstat, realpath } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { toBase32 } from '@enxame/shared/content/base32';
import { toSafeFileName } from '@enxame/shared/content/file-name';
import type { Share } from '@enxame/shared/engine/share';
import { EnxameError, toErrorInfo, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { EntryId } from '@enxame/shared/ids';
import { stampOf } from '../hashing/regular-file.js';
import { inLanes } from './in-lanes.js';
import type { ShareHasher } from './share-hasher.js';
import type { Shares } from './shares.js';
import type { Timers } from './timers.js';
import { walkFolder, type Walked } from './walk-folder.js';

export interface RefusedPath {
  readonly path: string;
  readonly error: ErrorInfo;
}

export interface ShareAdderDeps {
  readonly shares: Shares;
  readonly hasher: ShareHasher;
  readonly isPrivate: (realPath: string) => boolean;
  readonly timers: Timers;
  readonly randomBytes: (count: number) => Uint8Array;
}

/** Files looked at and handed to the hashing threads at the same time. */
const lanes = 64;

/**
 * Shares what a person chose: files as they are, folders file by file. Answers when each has its contentId. The same
 * path again is the same share. Refuses, a path at a time: `path-not-found`, `path-unreadable`, `path-not-a-file`,
 * `path-is-a-link`, `folder-empty`, `file-changed`, `file-vanished`, `file-too-large`.
 */
export async function addShares(
  deps: ShareAdderDeps,
  paths: readonly string[],
): Promise<{ shares: Share[]; refused: RefusedPath[] }> {
  const added = new Map<EntryId, Share>();
  const refused: RefusedPath[] = [];

  async function addFile(found: Walked): Promise<void> {
    try {
      if ('error' in found) throw found.error;
      const share = await shareFile(deps, found.path);
      added.set(share.id, share);
    } catch (error) {
      if (!(error instanceof EnxameError)) throw error;
      refused.push({ path: found.path, error: toErrorInfo(error) });
    }
  }

  await inLanes(chosenFiles(deps, paths), lanes, addFile);
  return { shares: [...added.values()], refused };
}

/** Each path once, folders as their files. */
async function* chosenFiles(deps: ShareAdderDeps, paths: readonly string[]): AsyncGenerator<Walked> {
  for (const path of new Set(paths.map((given) => resolve(given)))) {
    let count = 0;
    try {
      const { kind, realPath } = await examine(path, deps.isPrivate);
      if (kind === 'file') {
        yield { path };
        continue;
      }
      for await (const found of walkFolder(path, realPath, deps.isPrivate)) {
        count++;
        yield found;
      }
      if (count === 0) yield { path, error: new EnxameError('folder-empty', { path }) };
    } catch (error) {
      if (!(error instanceof EnxameError)) throw error;
      yield { path, error };
    }
  }
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

async function shareFile({ shares, hasher, timers, randomBytes }: ShareAdderDeps, path: string): Promise<Share> {
  const stamp = await lstat(path).then(stampOf, (error: unknown) => {
    throw toPathError(error, path);
  });
  // Nothing is awaited from here until `put` has taken the path: of two that add it, one makes the share.
  const existing = shares.idAt(path);
  const id = existing ?? (toBase32(randomBytes(16)) as EntryId);
  if (existing === undefined) {
    const name = toSafeFileName(basename(path));
    const record = { id, path, name, ...stamp, contentId: null, sha256: null, addedAt: timers.now() };
    await Promise.all([shares.put(record), hasher.check(id)]);
  } else {
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
