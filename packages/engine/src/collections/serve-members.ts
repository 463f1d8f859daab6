import { open, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { blake3 } from '@napi-rs/blake-hash';
import { fromBase32 } from '@enxame/shared/content/base32';
import type { Manifest } from '@enxame/shared/content/manifest';
import { EnxameError, isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import { maxPackBytes, maxPackedFileBytes } from '@enxame/shared/peer/pack';
import { isSameStamp, readFlags, stampOf, toReadError } from '../hashing/regular-file.js';
import type { LocalContents } from '../library/local-contents.js';
import type { OpenContent, OpenPack, PartOfFolder } from '../peer/content-access.js';
import type { FolderStore } from './folder-store.js';
import type { FolderThread } from './folder-thread.js';
import type { HeldFolder } from './held-folder.js';

/** What a peer may have of the collections that are here. */
export interface MemberAccess {
  /** Throws `content-not-found` when the collection is not here, or does not list the content; what the disk says. */
  readonly openMember: (collectionId: ContentId, contentId: ContentId) => Promise<OpenContent>;
  /** The folder that a content is the document of. */
  documentOf(contentId: ContentId): PartOfFolder | undefined;
  /** A small file that is here only as a part of a folder. Throws `content-not-found`, what the disk says. */
  openSmall(contentId: ContentId): Promise<OpenContent>;
  /** Throws `content-not-found`. */
  readonly openPack: (collectionId: ContentId) => OpenPack;
}

export function createMemberAccess(deps: {
  readonly folders: FolderStore;
  readonly contents: Pick<LocalContents, 'openForServing'>;
  /** Reads what is sent. */
  readonly thread: FolderThread;
  /** The name that a folder is shared under, where it is: several paths shared together have another than their root. */
  readonly sharedName: (key: string) => string | undefined;
}): MemberAccess {
  const { folders, contents, thread } = deps;
  const nameOf = ({ key, root }: HeldFolder): string => deps.sharedName(key) ?? basename(root);

  function partOf(held: HeldFolder, isLast: boolean): PartOfFolder {
    const { totalBytes: size, fileCount: files } = held.collection;
    return { contentId: held.collectionId, name: nameOf(held), size, files, isLast };
  }

  async function openSmall(contentId: ContentId): Promise<OpenContent> {
    let failure: unknown = new EnxameError('content-not-found');
    for (const { folder, index } of folders.find(contentId)) {
      if (folder.collection.size(index) > maxPackedFileBytes) continue;
      try {
        return await openFile(folder, index);
      } catch (error) {
        failure = error; // another folder may have it; the last failure is what the caller gets
        folders.tellChanged(folder);
      }
    }
    throw failure;
  }

  /** Of the same collection in two places, one is enough; the other fills in what changed there. */
  async function read(held: readonly HeldFolder[], indexes: readonly number[]): Promise<Uint8Array> {
    let best: { readonly frame: Uint8Array; readonly missing: readonly number[] } | undefined;
    for (const folder of held) {
      const files = indexes.map((index) => ({ path: folder.pathOf(index), ...folder.stampOf(index) }));
      const found = await thread.run('read', { files });
      if (found.missing.length > 0) folders.tellChanged(folder);
      if (!best || found.missing.length < best.missing.length) best = found;
      if (best.missing.length === 0) break;
    }
    if (!best) throw new EnxameError('content-not-found');
    return best.frame;
  }

  return {
    openSmall,
    documentOf: (contentId) => {
      const [held] = folders.byCollection(contentId);
      return held && partOf(held, false);
    },
    openMember: async (collectionId, contentId) => {
      const id = fromBase32(contentId);
      const held = folders.byCollection(collectionId).find(({ members }) => members.has(id));
      if (!held) throw new EnxameError('content-not-found');
      const { collection, members } = held;
      const isLast = [...members.find(id)].includes(collection.count - 1);
      try {
        const content = await contents.openForServing(contentId);
        const name = basename(content.path);
        return { ...content, manifest: () => content.manifest(), name, partOf: partOf(held, isLast) };
      } catch (error) {
        if (!isErrorWithCode(error, 'content-not-found')) throw error;
        return { ...(await openSmall(contentId)), partOf: partOf(held, isLast) };
      }
    },
    openPack: (collectionId) => {
      const held = folders.byCollection(collectionId);
      const [first] = held;
      if (!first) throw new EnxameError('content-not-found');
      const { collection } = first;
      return {
        name: nameOf(first),
        size: collection.totalBytes,
        files: collection.fileCount,
        last: collection.count - 1,
        read: async (indexes) => {
          let bytes = 0;
          for (const index of indexes) {
            const isPacked =
              index < collection.count && collection.isFile(index) && collection.size(index) <= maxPackedFileBytes;
            if (!isPacked) throw new EnxameError('bad-request');
            bytes += collection.size(index);
          }
          if (indexes.length > 1 && bytes > maxPackBytes) throw new EnxameError('bad-request');
          return read(held, indexes);
        },
      };
    },
  };
}

/** Throws `file-changed`, `file-vanished`, what the disk says. */
async function openFile(folder: HeldFolder, index: number): Promise<OpenContent> {
  const path = folder.pathOf(index);
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, readFlags);
    const opened = handle;
    const stats = await opened.stat();
    if (!stats.isFile() || !isSameStamp(stampOf(stats), folder.stampOf(index))) {
      throw new EnxameError('file-changed', { name: basename(path) });
    }
    const { size } = stats;
    return { handle: opened, name: basename(path), size, manifest: () => readManifest(opened, size) };
  } catch (error) {
    await handle?.close();
    throw toReadError(error, path);
  }
}

/** Nobody keeps the manifest of a file of one piece: it is one hash away. */
async function readManifest(handle: FileHandle, size: number): Promise<Manifest> {
  if (size === 0) return { size, pieceHashes: new Uint8Array() };
  const bytes = Buffer.allocUnsafe(size);
  const { bytesRead } = await handle.read(bytes, 0, size, 0);
  if (bytesRead < size) throw new EnxameError('file-changed');
  return { size, pieceHashes: blake3(bytes) };
}
