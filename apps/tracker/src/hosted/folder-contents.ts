import { maxCollectionBytes, type Collection } from '@enxame/shared/content/collection';
import { parseCollection } from '@enxame/shared/content/collection-parser';
import { pieceCountFor } from '@enxame/shared/content/piece-size';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import type { SourceAsker } from './source-asker.js';
import { createSourceReader, type SourceReader } from './source-reader.js';

/** A folder behind a link or a hash, as it is at its sources. */
export interface FolderContents {
  readonly contentId: ContentId;
  readonly fileCount: number;
  readonly collection: Collection;
  /** Files only, from the `offset`-th on. */
  list(offset: number, max: number): { index: number; path: string; size: number }[];
  /** Reads one file of it; one file at a time. Throws `not-found` for what is no file. */
  read(index: number): { reader: SourceReader; contentId: ContentId; size: number };
  /** Twice without harm. */
  close(): void;
}

/**
 * Fetches the document of a folder, and checks that it is what the catalogue said. Throws `collection-invalid`. Owns the
 * asker, also when it throws.
 */
export async function readFolder(
  facts: {
    readonly contentId: ContentId;
    readonly documentBytes: number;
    readonly files: number;
    readonly size: number;
  },
  asker: SourceAsker,
): Promise<FolderContents> {
  try {
    const { contentId, documentBytes } = facts;
    if (documentBytes > maxCollectionBytes) throw new EnxameError('collection-invalid');
    const reader = createSourceReader({ asker, contentId, size: documentBytes });
    const pieces: Buffer[] = [];
    for (let index = 0; index < pieceCountFor(documentBytes); index++) pieces.push(await reader.piece(index));
    const collection = parseCollection(Uint8Array.from(Buffer.concat(pieces)));
    const isAsShown = collection.fileCount === facts.files && collection.totalBytes === facts.size;
    if (!isAsShown) throw new EnxameError('collection-invalid');
    return toFolder(contentId, collection, asker);
  } catch (error) {
    asker.close();
    throw error;
  }
}

function toFolder(collectionId: ContentId, collection: Collection, asker: SourceAsker): FolderContents {
  return {
    contentId: collectionId,
    collection,
    fileCount: collection.fileCount,
    list: (offset, max) => {
      const files: { index: number; path: string; size: number }[] = [];
      let seen = 0;
      for (let index = 0; index < collection.count && files.length < max; index++) {
        if (!collection.isFile(index)) continue;
        if (seen++ >= offset) files.push({ index, path: collection.path(index), size: collection.size(index) });
      }
      return files;
    },
    read: (index) => {
      if (index >= collection.count || !collection.isFile(index)) throw new EnxameError('not-found');
      const [contentId, size] = [collection.contentId(index), collection.size(index)];
      return { reader: createSourceReader({ asker, contentId, size, collectionId }), contentId, size };
    },
    close: () => {
      asker.close();
    },
  };
}
