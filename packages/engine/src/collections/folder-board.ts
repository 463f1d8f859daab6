import type { Collection } from '@enxame/shared/content/collection';
import type { FileStamp } from '../hashing/regular-file.js';

/** Which files of a collection are verified and written here. Pure; nine bytes an entry. */
export interface FolderBoard {
  readonly collection: Collection;
  readonly filesDone: number;
  readonly bytesDone: number;
  readonly isComplete: boolean;
  isDone(index: number): boolean;
  /** With the stamp that it had when it was verified. */
  markDone(index: number, stamp: FileStamp): void;
  /** It turned out not to be what it was. */
  unmark(index: number): void;
  readonly mtimes: Float64Array;
  /** The files that are not done, in order. */
  missing(): Generator<number>;
}

export function createFolderBoard(collection: Collection): FolderBoard {
  const done = new Uint8Array(collection.count);
  const mtimes = new Float64Array(collection.count);
  let filesDone = 0;
  let bytesDone = 0;
  return {
    collection,
    mtimes,
    get filesDone() {
      return filesDone;
    },
    get bytesDone() {
      return bytesDone;
    },
    get isComplete() {
      return filesDone === collection.fileCount;
    },
    isDone: (index) => done[index] === 1,
    markDone: (index, { mtimeMs }) => {
      mtimes[index] = mtimeMs;
      if (done[index] === 1) return;
      done[index] = 1;
      filesDone++;
      bytesDone += collection.size(index);
    },
    unmark: (index) => {
      if (done[index] !== 1) return;
      done[index] = 0;
      filesDone--;
      bytesDone -= collection.size(index);
    },
    *missing() {
      for (let index = 0; index < collection.count; index++)
        if (done[index] === 0 && collection.isFile(index)) yield index;
    },
  };
}
