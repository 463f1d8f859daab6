import type { Collection } from '@enxame/shared/content/collection';
import type { Manifest } from '@enxame/shared/content/manifest';
import type { FileStamp } from '../hashing/regular-file.js';

/** Which files of a collection are verified and written here. Pure; nine bytes an entry. */
export interface FolderBoard {
  readonly collection: Collection;
  readonly filesDone: number;
  readonly bytesDone: number;
  readonly isComplete: boolean;
  isDone(index: number): boolean;
  /** With the stamp that it had when it was verified, and the manifest of a file that has more than one piece. */
  markDone(index: number, stamp: FileStamp, manifest?: Manifest): void;
  readonly manifests: ReadonlyMap<number, Manifest>;
  /** It turned out not to be what it was. */
  unmark(index: number): void;
  readonly mtimes: Float64Array;
  /** Of one that is done. */
  stampOf(index: number): FileStamp;
  /** The files that are not done, in order. */
  missing(): Generator<number>;
}

export function createFolderBoard(collection: Collection): FolderBoard {
  const done = new Uint8Array(collection.count);
  const mtimes = new Float64Array(collection.count);
  const manifests = new Map<number, Manifest>();
  let filesDone = 0;
  let bytesDone = 0;
  return {
    collection,
    mtimes,
    manifests,
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
    stampOf: (index) => ({ size: collection.size(index), mtimeMs: mtimes[index] ?? Number.NaN }),
    markDone: (index, { mtimeMs }, manifest) => {
      mtimes[index] = mtimeMs;
      if (manifest) manifests.set(index, manifest);
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
