import type { FileHandle } from 'node:fs/promises';
import { blake3 } from '@napi-rs/blake-hash';
import { createMemberIndex, type MemberIndex } from '@enxame/engine/collections/member-index';
import { sendFile } from '@enxame/engine/peer/send-file';
import type { Collection } from '@enxame/shared/content/collection';
import type { Manifest } from '@enxame/shared/content/manifest';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import type { Collections } from './collections.js';
import { fileAt, type FolderContents } from './folder-contents.js';
import { createFolderLayout, decodeCrcs, type FolderLayout } from './folder-layout.js';
import type { HostedFiles } from './hosted-files.js';

/** Read of a file at a time. */
const readBytes = 256 * 1024;

/** What the tracker keeps of a folder, opened. */
export interface HostedFolder extends FolderContents {
  readonly crcs: Uint32Array;
  readonly layout: FolderLayout;
  readonly handle: FileHandle;
  manifestOf(index: number): Promise<Manifest>;
}

/** The caller closes it. Throws what the disk says. */
export async function openHostedFolder(
  contentId: ContentId,
  files: HostedFiles,
  collections: Collections,
): Promise<HostedFolder> {
  const collection = await readCollection(contentId, files, collections);
  const layout = createFolderLayout(collection);
  const crcs = decodeCrcs(await files.readSums(contentId, 0, layout.hashes(0).start));
  const handle = await files.openFiles(contentId);

  async function read(start: number, length: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(length);
    const { bytesRead } = await handle.read(bytes, 0, length, start);
    if (bytesRead < length) throw new EnxameError('file-changed');
    return bytes;
  }

  return {
    contentId,
    collection,
    layout,
    crcs,
    handle,
    bytes: async function* (index, from) {
      const [start, size] = [layout.dataStart(index), collection.size(index)];
      for (let at = from; at < size; at += readBytes) yield await read(start + at, Math.min(readBytes, size - at));
    },
    send: (index, range, out, onSent) => {
      const start = layout.dataStart(index);
      return sendFile(handle, { start: start + range.start, end: start + range.end }, out, onSent);
    },
    manifestOf: async (index) => {
      const { size } = fileAt(collection, index);
      const { start, end } = layout.hashes(index);
      if (end > start) return { size, pieceHashes: await files.readSums(contentId, start, end) };
      return { size, pieceHashes: size === 0 ? new Uint8Array() : blake3(await read(layout.dataStart(index), size)) };
    },
    close: () => {
      handle.close().catch(() => undefined); // read only: there is nothing to lose
    },
  };
}

/** Its document was verified before it was placed. */
export const readCollection = (
  contentId: ContentId,
  files: HostedFiles,
  collections: Collections,
): Promise<Collection> =>
  collections.get(contentId, async () => {
    const handle = await files.openBlob(contentId);
    try {
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  });

const indexes = new WeakMap<Collection, MemberIndex>();

/** Which files of a folder have a content; made once for what is in memory. */
export function membersOf(collection: Collection): MemberIndex {
  const known = indexes.get(collection) ?? createMemberIndex(collection);
  indexes.set(collection, known);
  return known;
}
