import { maxFrameBytes } from './pack-frame.js';
import type { FolderBoard } from './folder-board.js';
import type { FolderThread } from './folder-thread.js';
import type { FileStamp } from '../hashing/regular-file.js';

/** Puts what came of a pack into the part folder. */
export interface PackWriter {
  /** How long the answer to a request for these files may be. */
  maxBytes(indexes: readonly number[]): number;
  /**
   * Verifies and writes; says of each file whether it is done, was not there, or was wrong. Throws `source-lied` for what
   * is no frame of these files, and what the disk says.
   */
  write(indexes: readonly number[], frame: Uint8Array): Promise<readonly ('missing' | 'wrong' | FileStamp)[]>;
}

export function createPackWriter(folder: string, { collection }: FolderBoard, thread: FolderThread): PackWriter {
  return {
    maxBytes: (indexes) => maxFrameBytes(indexes.map((index) => collection.size(index))),
    write: async (indexes, frame) => {
      const contentIds = new Uint8Array(indexes.length * 32);
      for (const [at, index] of indexes.entries()) contentIds.set(collection.contentIdBytes(index), at * 32);
      const files = indexes.map((index) => ({ path: collection.path(index), size: collection.size(index) }));
      // Only memory of its own can be handed over: a small answer may lie in one that Node shares out.
      const own = frame.byteLength === frame.buffer.byteLength ? frame : Uint8Array.from(frame);
      const buffer = own.buffer instanceof ArrayBuffer ? [own.buffer] : [];
      const { results } = await thread.run('write', { folder, files, contentIds, frame: own }, buffer);
      return results;
    },
  };
}
