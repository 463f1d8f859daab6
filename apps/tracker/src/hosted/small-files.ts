import { pieceContentId } from '@enxame/engine/content/content-id';
import { maxFrameBytes, splitFrame } from '@enxame/engine/collections/pack-frame';
import type { Collection } from '@enxame/shared/content/collection';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import { maxPackBytes, maxPackedFileBytes, maxPackFiles, packPath } from '@enxame/shared/peer/pack';
import type { SourceAsker } from './source-asker.js';

/** A file of one piece: it comes in a pack, and its id follows from its bytes. (P50 to P53) */
export const isSmallFile = (collection: Collection, index: number): boolean =>
  collection.isFile(index) && collection.size(index) <= maxPackedFileBytes;

/** Reads small files of a folder that are at its sources; in order they come many at a time. Verified. */
export interface SmallFiles {
  /** Throws as the asker does. One call at a time. */
  read(index: number): Promise<Buffer>;
}

export function createSmallFiles(deps: {
  readonly asker: SourceAsker;
  readonly collectionId: ContentId;
  readonly collection: Collection;
}): SmallFiles {
  const { asker, collectionId, collection } = deps;
  let pack = new Map<number, Buffer>();

  /** The small files from this one on, as many as one answer may carry. */
  function packFrom(first: number): number[] {
    const indexes: number[] = [];
    let bytes = 0;
    for (let index = first; index < collection.count && indexes.length < maxPackFiles; index++) {
      if (!isSmallFile(collection, index)) break;
      bytes += collection.size(index);
      if (indexes.length > 0 && bytes > maxPackBytes) break;
      indexes.push(index);
    }
    return indexes;
  }

  const isRight = (index: number, bytes: Uint8Array): boolean =>
    Buffer.compare(
      pieceContentId(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)),
      collection.contentIdBytes(index),
    ) === 0;

  async function ask(indexes: readonly number[]): Promise<Map<number, Buffer>> {
    const sizes = indexes.map((index) => collection.size(index));
    return asker.ask(async ({ connection, authority }) => {
      const frame = await connection.get(packPath(collectionId, indexes), authority, maxFrameBytes(sizes));
      const found = new Map<number, Buffer>();
      for (const [at, file] of splitFrame(frame, sizes).entries()) {
        const index = indexes[at] ?? 0;
        if (!file) continue;
        if (!isRight(index, file)) throw new EnxameError('piece-mismatch');
        found.set(index, Buffer.from(file));
      }
      // What it lacks at the end is asked for when it is needed, of the next one if it lacks it still.
      if (!found.has(indexes[0] ?? 0)) throw new EnxameError('file-changed');
      return found;
    });
  }

  return {
    read: async (index) => {
      if (!pack.has(index)) pack = await ask(packFrom(index));
      const bytes = pack.get(index);
      pack.delete(index);
      if (!bytes) throw new Error('what was asked for is there');
      return bytes;
    },
  };
}
