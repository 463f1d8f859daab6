import { maxPackedFileBytes, maxPackFiles, packLength } from '@enxame/shared/peer/pack';
import type { FolderBoard } from './folder-board.js';

/** Which small files are still to be asked of somebody. Pure. */
export interface PackBoard {
  readonly isComplete: boolean;
  /** The next files to ask for in one request, but none of `lacks`; empty when there is nothing to ask now. */
  take(lacks: ReadonlySet<number>): number[];
  /** They were asked for, and did not come. */
  giveBack(indexes: Iterable<number>): void;
  /** It is verified and written, from wherever. */
  settle(index: number): void;
}

const wanted = 1;
const asked = 2;

/** For the small files of a folder that are not done; of files with the same bytes, `isFirst` says which one is fetched. */
export function createPackBoard(folder: FolderBoard, isFirst: (index: number) => boolean): PackBoard {
  const { collection } = folder;
  const states = new Uint8Array(collection.count);
  let left = 0;
  for (const index of folder.missing()) {
    if (collection.size(index) > maxPackedFileBytes || !isFirst(index)) continue;
    states[index] = wanted;
    left++;
  }
  /** Before it, nothing is wanted. */
  let from = 0;

  return {
    get isComplete() {
      return left === 0;
    },
    take: (lacks) => {
      while (from < states.length && states[from] !== wanted) from++;
      const candidates: number[] = [];
      for (let index = from; index < states.length && candidates.length < maxPackFiles; index++) {
        if (states[index] === wanted && !lacks.has(index)) candidates.push(index);
      }
      const pack = candidates.slice(
        0,
        packLength(candidates, 0, (index) => collection.size(index)),
      );
      for (const index of pack) states[index] = asked;
      return pack;
    },
    giveBack: (indexes) => {
      for (const index of indexes) {
        if (states[index] !== asked) continue;
        states[index] = wanted;
        from = Math.min(from, index);
      }
    },
    settle: (index) => {
      if (states[index] === 0) return;
      states[index] = 0;
      left--;
    },
  };
}
