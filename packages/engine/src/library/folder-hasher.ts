/**
 * Keeps the share of a folder equal to the folder: looks through it, hashes what is new, and puts the collection that it
 * is now. Owns nothing; the large files of a folder are records of LocalContents, the small ones are held by FolderStore.
 */
import { lstat, realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ShareNotes } from '@enxame/shared/engine/share-notes';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, EntryId } from '@enxame/shared/ids';
import { documentManifest } from '../collections/document-manifest.js';
import type { FolderStore } from '../collections/folder-store.js';
import { scanFolder, type FolderScan } from '../collections/scan-folder.js';
import type { HeldFolder } from '../collections/held-folder.js';
import { smallFileBytes } from '../hashing/hash-messages.js';
import type { HashPool } from '../hashing/hash-pool.js';
import { toReadError } from '../hashing/regular-file.js';
import { inLanes } from './in-lanes.js';
import type { LocalContents } from './local-contents.js';
import type { ShareRecord } from './share-record.js';
import type { Shares } from './shares.js';

export interface FolderHasherDeps {
  readonly shares: Shares;
  readonly contents: LocalContents;
  readonly folders: FolderStore;
  readonly pool: HashPool;
  readonly isPrivate: (realPath: string) => boolean;
}

export interface FolderHasher {
  /** The record that is right for the folder as it is now. Throws why it cannot be shared, `cancelled`. */
  settle(record: ShareRecord, signal: AbortSignal): Promise<ShareRecord>;
  /** What the person should know of the last look, once. */
  takeNotes(id: EntryId): ShareNotes | undefined;
  /** The folder is shared no more. */
  release(id: EntryId): Promise<void>;
  /** Whether some shared folder has this file in it. */
  isShared(path: string, contentId: ContentId, except?: EntryId): boolean;
}

/** Records written side by side share a flush. */
const recordLanes = 64;

export function createFolderHasher(deps: FolderHasherDeps): FolderHasher {
  const { shares, contents, folders } = deps;
  const notes = new Map<EntryId, ShareNotes>();

  const isShared: FolderHasher['isShared'] = (path, contentId, except) => {
    for (const { folder, index } of folders.find(contentId)) {
      if (folder.heldAs === 'share' && folder.key !== except && folder.pathOf(index) === path) return true;
    }
    return false;
  };

  /** Files that were in the folder, and are no more. */
  async function releaseFiles(before: HeldFolder | undefined, now: ReadonlySet<string>): Promise<void> {
    if (!before) return;
    await inLanes(largeFiles(before), recordLanes, async ({ path, contentId }) => {
      if (now.has(path) || shares.idAt(path) !== undefined || isShared(path, contentId, before.key as EntryId)) return;
      await contents.release(path, 'share');
    });
  }

  async function keepScan(record: ShareRecord, scan: FolderScan, root: string): Promise<ShareRecord> {
    const { id } = record;
    await inLanes(scan.hashed, recordLanes, async ({ path, file }) => {
      await contents.add({ ...file, path, heldAs: 'share' });
    });
    const { contentId } = await documentManifest(scan.collection.document);
    const before = folders.get(id);
    const { collection, mtimes, realPaths } = scan;
    const parts = { key: id, root, heldAs: 'share', collectionId: contentId, collection, mtimes, realPaths } as const;
    const isSame =
      before?.collectionId === contentId && before.hasTimes(mtimes) && (await contents.isUnchanged(contentId));
    const held = isSame ? before : await folders.put(parts);
    const large = new Set<string>();
    await inLanes(largeFiles(held), recordLanes, async ({ path }) => {
      large.add(path);
      await contents.hold(path, 'share');
    });
    await releaseFiles(before, large);
    const summary = { files: collection.fileCount, documentBytes: collection.document.length };
    return { ...record, contentId, size: collection.totalBytes, collection: summary };
  }

  return {
    settle: async (record, signal) => {
      const { id } = record;
      const isFirst = record.contentId === null;
      const root = record.chosen ? dirname(record.path) : record.path;
      const realPath = await lookAtFolder(root);
      const onProgress = (bytesHashed: number): void => {
        // A new version is read while the one before is still served: each file is looked at before it is sent.
        if (isFirst && !signal.aborted) shares.setException(id, { state: 'hashing', bytesHashed });
      };
      onProgress(0);
      const scan = await scanFolder({
        root: { path: root, realPath, chosen: record.chosen ?? undefined },
        pool: deps.pool,
        contents,
        isPrivate: deps.isPrivate,
        before: folders.get(id),
        signal,
        onProgress,
      });
      if (signal.aborted) throw new EnxameError('cancelled');
      notes.set(id, scan);
      const next = await keepScan(record, scan, root);
      if (!shares.record(id)) await folders.remove(id);
      else if (next.contentId !== record.contentId) await shares.put(next);
      return next;
    },
    takeNotes: (id) => {
      const taken = notes.get(id);
      notes.delete(id);
      return taken;
    },
    release: async (id) => {
      notes.delete(id);
      const held = folders.get(id);
      await folders.remove(id);
      await releaseFiles(held, new Set());
    },
    isShared,
  };
}

/** The files that LocalContents has a record of. */
export function* largeFiles(held: HeldFolder): Generator<{ path: string; contentId: ContentId }> {
  const { collection } = held;
  for (let index = 0; index < collection.count; index++) {
    if (collection.size(index) <= smallFileBytes) continue;
    yield { path: held.pathOf(index), contentId: collection.contentId(index) };
  }
}

/** Its path without links. Throws `file-vanished`, `path-is-a-link`, `path-not-a-file`, `path-unreadable`. */
async function lookAtFolder(path: string): Promise<string> {
  try {
    const stats = await lstat(path);
    if (stats.isSymbolicLink()) throw new EnxameError('path-is-a-link', { path });
    if (!stats.isDirectory()) throw new EnxameError('path-not-a-file', { path });
    return await realpath(path);
  } catch (error) {
    throw toReadError(error, path);
  }
}
