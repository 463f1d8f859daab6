import type { FileHandle } from 'node:fs/promises';
import { blake3 } from '@napi-rs/blake-hash';
import { crc32 } from 'node:zlib';
import { pieceContentId } from '@enxame/engine/content/content-id';
import type { Collection } from '@enxame/shared/content/collection';
import { pieceHashAt, type Manifest } from '@enxame/shared/content/manifest';
import { pieceBytesFor, pieceCountFor, pieceLength } from '@enxame/shared/content/piece-size';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import { createFolderLayout, encodeCrcs } from './folder-layout.js';
import { createSmallFiles, isSmallFile } from './small-files.js';
import type { SourceAsker } from './source-asker.js';
import { createSourceReader } from './source-reader.js';
import { writeWhole } from './write-whole.js';

/** Small files that are on disk already are read so many bytes at a time. */
const readAheadBytes = 4 * 1024 * 1024;

/**
 * Brings the files of a folder to where they belong in an open file, in their order. What is there already is hashed, and
 * not fetched when it is right; nothing on disk is believed. Resolves with what is kept beside them, when all is written.
 * Throws as the asker does, `cancelled` when it is not wanted any more.
 */
export async function fetchFolder(deps: {
  readonly asker: SourceAsker;
  readonly collectionId: ContentId;
  readonly collection: Collection;
  readonly handle: FileHandle;
  readonly isWanted: () => boolean;
  /** So many bytes more are verified and written. */
  readonly onBytes: (bytes: number) => void;
}): Promise<Uint8Array> {
  const { asker, collectionId, collection, handle } = deps;
  const layout = createFolderLayout(collection);
  const crcs = new Uint32Array(collection.count);
  const sums = Buffer.alloc(layout.sumsBytes);
  const smallFiles = createSmallFiles({ asker, collectionId, collection });
  const { size: sizeBefore } = await handle.stat();
  await handle.truncate(layout.filesBytes);
  let ahead = { start: 0, bytes: Buffer.alloc(0) };

  /** What is on disk, which may be anything. */
  async function onDisk(start: number, length: number): Promise<Buffer | undefined> {
    if (start + length > sizeBefore) return undefined;
    if (start < ahead.start || start + length > ahead.start + ahead.bytes.length) {
      const bytes = Buffer.allocUnsafe(Math.max(length, Math.min(readAheadBytes, sizeBefore - start)));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
      ahead = { start, bytes: bytes.subarray(0, bytesRead) };
    }
    const part = ahead.bytes.subarray(start - ahead.start, start - ahead.start + length);
    return part.length === length ? part : undefined;
  }

  async function bring(
    start: number,
    length: number,
    isRight: (bytes: Buffer) => boolean,
    fetch: () => Promise<Buffer>,
  ): Promise<Buffer> {
    if (!deps.isWanted()) throw new EnxameError('cancelled');
    const there = await onDisk(start, length);
    if (there && isRight(there)) {
      deps.onBytes(length);
      return there;
    }
    const bytes = await fetch();
    await writeWhole(handle, bytes, start);
    deps.onBytes(length);
    return bytes;
  }

  async function bringLarge(index: number): Promise<void> {
    const [contentId, size] = [collection.contentId(index), collection.size(index)];
    const reader = createSourceReader({ asker, contentId, size, collectionId });
    const manifest: Manifest = await reader.manifest();
    sums.set(manifest.pieceHashes, layout.hashes(index).start);
    for (let piece = 0; piece < pieceCountFor(size); piece++) {
      const bytes = await bring(
        layout.dataStart(index) + piece * pieceBytesFor(size),
        pieceLength(size, piece),
        (found) => blake3(found).equals(pieceHashAt(manifest, piece)),
        () => reader.piece(piece),
      );
      crcs[index] = crc32(bytes, crcs[index]);
    }
  }

  for (let index = 0; index < collection.count; index++) {
    if (!collection.isFile(index)) continue;
    if (!isSmallFile(collection, index)) {
      await bringLarge(index);
      continue;
    }
    const bytes = await bring(
      layout.dataStart(index),
      collection.size(index),
      (found) => Buffer.compare(pieceContentId(found), collection.contentIdBytes(index)) === 0,
      () => smallFiles.read(index),
    );
    crcs[index] = crc32(bytes);
  }
  sums.set(encodeCrcs(crcs));
  return sums;
}
