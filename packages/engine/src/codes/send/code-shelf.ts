/**
 * What this device holds so that others can fetch it by codes: hashed as a share is, and in no catalogue. Owns no record: who
 * puts something here remembers the hold, and releases it. Files stay where they are, and are looked at whenever they are served.
 */
import { lstat, realpath } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { createCollectionEncoder } from '@enxame/shared/content/collection-encoder';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { documentManifest } from '../../collections/document-manifest.js';
import type { FolderStore } from '../../collections/folder-store.js';
import type { HeldFolder, HeldFolderParts } from '../../collections/held-folder.js';
import { scanFolder } from '../../collections/scan-folder.js';
import type { HashPool } from '../../hashing/hash-pool.js';
import { isSameStamp, stampOf } from '../../hashing/regular-file.js';
import { largeFiles } from '../../library/folder-hasher.js';
import { inLanes } from '../../library/in-lanes.js';
import type { LocalContents } from '../../library/local-contents.js';
import type { CodeHold } from './code-hold.js';

export interface CodeShelf {
  /** Hashes what is new of it. `key` names it in the library. Throws what the disk says, `folder-empty`, `cancelled`. */
  put(key: string, paths: readonly string[], signal: AbortSignal): Promise<CodeHold>;
  /** Some entries of a folder that is held, as a folder of its own. Throws `bad-request`. */
  choose(key: string, from: CodeHold, indexes: readonly number[]): Promise<CodeHold>;
  /** The files stay. Twice without harm. */
  release(hold: CodeHold): Promise<void>;
}

/** Records written side by side share a flush. */
const recordLanes = 64;

export function createCodeShelf(deps: {
  readonly contents: LocalContents;
  readonly folders: FolderStore;
  readonly pool: HashPool;
  /** Its keys must never leave. Gets real paths. */
  readonly isPrivate: (realPath: string) => boolean;
  /** Every hold that is remembered. */
  readonly holds: () => Iterable<CodeHold>;
}): CodeShelf {
  const { contents, folders, pool } = deps;

  function isPut(path: string): boolean {
    for (const { held } of deps.holds()) if ('path' in held && held.path === path && !held.wasHeld) return true;
    return false;
  }

  async function putFile(path: string, signal: AbortSignal): Promise<CodeHold> {
    const known = contents.getByPath(path);
    const stamp = stampOf(await lstat(path));
    if (known && !known.damaged && isSameStamp(known, stamp)) {
      await contents.hold(path, 'code');
      const wasHeld = known.heldAs.includes('code') && !isPut(path);
      return { contentId: known.contentId, size: known.size, collection: null, held: { path, wasHeld } };
    }
    const { contentId, manifest, size, mtimeMs, sha256 } = await pool.manifest(path, { signal });
    await contents.add({ contentId, path, size, mtimeMs, sha256, manifest, heldAs: 'code' });
    return { contentId, size, collection: null, held: { path, wasHeld: false } };
  }

  async function putFolder(key: string, paths: readonly string[], signal: AbortSignal): Promise<CodeHold> {
    const [first = ''] = paths;
    const path = paths.length === 1 ? first : commonFolder(paths);
    const scan = await scanFolder({
      root: { path, realPath: await realpath(path), chosen: paths.length === 1 ? undefined : paths },
      pool,
      contents,
      isPrivate: deps.isPrivate,
      before: undefined,
      signal,
      onProgress: () => undefined,
    });
    await inLanes(scan.hashed, recordLanes, async ({ path: hashed, file }) => {
      await contents.add({ ...file, path: hashed, heldAs: 'code' });
    });
    return keepFolder({ key, root: path, ...scan });
  }

  async function keepFolder(parts: Omit<HeldFolderParts, 'heldAs' | 'collectionId'>): Promise<CodeHold> {
    const { key, root, collection, mtimes, realPaths } = parts;
    const { contentId } = await documentManifest(collection.document);
    const held = await folders.put({
      key,
      root,
      collection,
      mtimes,
      realPaths,
      heldAs: 'code',
      collectionId: contentId,
    });
    await inLanes(largeFiles(held), recordLanes, ({ path }) => contents.hold(path, 'code'));
    const summary = { files: collection.fileCount, documentBytes: collection.document.length };
    return { contentId, size: collection.totalBytes, collection: summary, held: { key } };
  }

  /** Whether another hold, or a folder that came by a code, has this file. */
  function isHeldElsewhere(hold: CodeHold, path: string, contentId: CodeHold['contentId']): boolean {
    for (const other of deps.holds())
      if (other !== hold && 'path' in other.held && other.held.path === path) return true;
    for (const { folder, index } of folders.find(contentId))
      if (folder.heldAs === 'code' && folder.pathOf(index) === path) return true;
    return false;
  }

  async function releaseFolder(hold: CodeHold, folder: HeldFolder): Promise<void> {
    const files = [...largeFiles(folder)];
    await folders.remove(folder.key);
    await inLanes(files, recordLanes, async ({ path, contentId }) => {
      if (!isHeldElsewhere(hold, path, contentId)) await contents.release(path, 'code');
    });
  }

  return {
    put: async (key, paths, signal) => {
      const absolute = [...new Set(paths.map((path) => resolve(path)))];
      const [first] = absolute;
      if (first === undefined) throw new EnxameError('bad-request');
      if (absolute.length === 1 && (await lstat(first)).isFile()) return putFile(first, signal);
      return putFolder(key, absolute, signal);
    },
    choose: async (key, from, indexes) => {
      const folder = 'key' in from.held ? folders.get(from.held.key) : undefined;
      if (!folder) throw new EnxameError('bad-request');
      const { collection } = folder;
      const chosen = [...new Set(indexes)].sort((a, b) => a - b);
      if (chosen.some((index) => index >= collection.count)) throw new EnxameError('bad-request');
      const encoder = createCollectionEncoder();
      const mtimes = new Float64Array(chosen.length);
      const realPaths = new Map<number, string>();
      for (const [next, index] of chosen.entries()) {
        const path = collection.path(index);
        if (collection.isFile(index)) encoder.addFile(path, collection.size(index), collection.contentIdBytes(index));
        else encoder.addEmptyFolder(path);
        mtimes[next] = folder.stampOf(index).mtimeMs;
        const realPath = folder.realPathOf(index);
        if (realPath !== join(path)) realPaths.set(next, realPath);
      }
      return keepFolder({ key, root: folder.root, collection: encoder.finish(), mtimes, realPaths });
    },
    release: async (hold) => {
      if ('path' in hold.held) {
        const { path, wasHeld } = hold.held;
        if (!wasHeld && !isHeldElsewhere(hold, path, hold.contentId)) await contents.release(path, 'code');
        return;
      }
      const folder = folders.get(hold.held.key);
      if (folder) await releaseFolder(hold, folder);
    },
  };
}

/** The folder that all paths are below. */
function commonFolder(paths: readonly string[]): string {
  const [first = [], ...others] = paths.map((path) => dirname(path).split(sep));
  let length = first.length;
  for (const parts of others) {
    let same = 0;
    while (same < length && parts[same] === first[same]) same++;
    length = same;
  }
  // Two drives of Windows have no folder in common.
  if (length === 0) throw new EnxameError('bad-request');
  return first.slice(0, length).join(sep) || sep;
}
