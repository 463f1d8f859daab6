import type { Writable } from 'node:stream';
import type { ByteRange } from '@enxame/engine/peer/byte-range';
import { maxCollectionBytes, type Collection } from '@enxame/shared/content/collection';
import { pieceBytesFor, pieceCountFor } from '@enxame/shared/content/piece-size';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import type { Collections } from './collections.js';
import { sendFromSource } from './send-from-source.js';
import { createSmallFiles, isSmallFile } from './small-files.js';
import type { SourceAsker } from './source-asker.js';
import { createSourceReader } from './source-reader.js';

/** A folder behind a link or a hash: hosted, or as it is at its sources. One reading at a time. */
export interface FolderContents {
  readonly contentId: ContentId;
  readonly collection: Collection;
  /** The CRC-32 of each entry, where they are known before anything is read. */
  readonly crcs: Uint32Array | undefined;
  /** The bytes of a file from `from` on, verified. */
  bytes(index: number, from: number): AsyncIterable<Uint8Array>;
  /** A part of a file. Throws `cancelled` when who takes it leaves. */
  send(index: number, range: ByteRange, out: Writable, onSent: (bytes: number) => void): Promise<void>;
  /** Twice without harm. */
  readonly close: () => void;
}

export interface FolderFacts {
  readonly contentId: ContentId;
  readonly documentBytes: number;
  readonly files: number;
  readonly size: number;
}

/** Files only, from the `offset`-th on. */
export function listFiles(collection: Collection, offset: number, max: number) {
  const files: { index: number; path: string; size: number }[] = [];
  let seen = 0;
  for (let index = 0; index < collection.count && files.length < max; index++) {
    if (!collection.isFile(index)) continue;
    if (seen++ >= offset) files.push({ index, path: collection.path(index), size: collection.size(index) });
  }
  return files;
}

/** Throws `not-found` for what is no file of it. */
export function fileAt(collection: Collection, index: number): { contentId: ContentId; size: number; name: string } {
  if (index >= collection.count || !collection.isFile(index)) throw new EnxameError('not-found');
  const name = collection.path(index).split('/').at(-1) ?? '';
  return { contentId: collection.contentId(index), size: collection.size(index), name };
}

/** The document of a folder from its sources, verified. Throws as the asker does, `collection-invalid`. */
export async function fetchDocument({ contentId, documentBytes }: FolderFacts, asker: SourceAsker): Promise<Buffer> {
  if (documentBytes > maxCollectionBytes) throw new EnxameError('collection-invalid');
  const reader = createSourceReader({ asker, contentId, size: documentBytes });
  const document = Buffer.alloc(documentBytes);
  for (let index = 0; index < pieceCountFor(documentBytes); index++) {
    document.set(await reader.piece(index), index * pieceBytesFor(documentBytes));
  }
  return document;
}

/** It is what the catalogue said of it. Throws `collection-invalid`. */
export function checkCollection(collection: Collection, { files, size }: FolderFacts): void {
  const isAsShown = collection.fileCount === files && collection.totalBytes === size;
  if (!isAsShown) throw new EnxameError('collection-invalid');
}

/** A folder at its sources. Owns the asker, also when it throws. */
export async function readFolder(
  facts: FolderFacts,
  asker: SourceAsker,
  collections: Collections,
): Promise<FolderContents> {
  try {
    const collection = await collections.get(facts.contentId, () => fetchDocument(facts, asker));
    checkCollection(collection, facts);
    return toFolder(facts.contentId, collection, asker);
  } catch (error) {
    asker.close();
    throw error;
  }
}

function toFolder(collectionId: ContentId, collection: Collection, asker: SourceAsker): FolderContents {
  const smallFiles = createSmallFiles({ asker, collectionId, collection });
  const readerOf = (index: number) => {
    const { contentId, size } = fileAt(collection, index);
    return createSourceReader({ asker, contentId, size, collectionId });
  };
  return {
    contentId: collectionId,
    collection,
    crcs: undefined,
    bytes: async function* (index, from) {
      if (isSmallFile(collection, index)) {
        yield (await smallFiles.read(index)).subarray(from);
        return;
      }
      const reader = readerOf(index);
      const size = collection.size(index);
      const pieceBytes = pieceBytesFor(size);
      for (let piece = Math.floor(from / pieceBytes); piece < pieceCountFor(size); piece++) {
        yield (await reader.piece(piece)).subarray(Math.max(0, from - piece * pieceBytes));
      }
    },
    send: (index, range, out, onSent) => sendFromSource(readerOf(index), collection.size(index), range, out, onSent),
    close: () => {
      asker.close();
    },
  };
}
