import { createCollectionEncoder } from '@enxame/shared/content/collection-encoder';
import { describe, expect, it } from 'vitest';
import { createFolderBoard } from './folder-board.js';
import { createPackBoard } from './pack-board.js';

const nothing: ReadonlySet<number> = new Set();

function boardOf(...sizes: (number | null)[]) {
  const encoder = createCollectionEncoder();
  for (const [at, size] of sizes.entries()) {
    const path = String(at).padStart(5, '0');
    if (size === null) encoder.addEmptyFolder(path);
    else encoder.addFile(path, size, new Uint8Array(32).fill(at));
  }
  return createFolderBoard(encoder.finish());
}

describe('the small files that are to be asked for', () => {
  it('P51: are each asked once, in requests that one answer can carry; large files and folders are not', () => {
    const folder = boardOf(600_000, null, 500_000, 1, 256 * 1024, 256 * 1024, 256 * 1024, 256 * 1024, 0);
    const board = createPackBoard(folder, () => true);
    expect(board.take(nothing)).toEqual([3, 4, 5, 6]);
    expect(board.take(nothing)).toEqual([7, 8]);
    expect(board.take(nothing)).toEqual([]);
    expect(board.isComplete).toBe(false);
    for (const index of [3, 4, 5, 6, 7, 8]) board.settle(index);
    expect(board.isComplete).toBe(true);
  });

  it('come back when they did not come, but not to a source that lacks them', () => {
    const board = createPackBoard(boardOf(1, 1, 1), () => true);
    expect(board.take(nothing)).toEqual([0, 1, 2]);
    board.settle(1);
    board.giveBack([0, 1, 2]);
    expect(board.take(new Set([0]))).toEqual([2]);
    expect(board.take(new Set([0]))).toEqual([]);
    expect(board.take(nothing)).toEqual([0]);
    board.settle(0);
    board.settle(0);
    board.settle(2);
    expect(board.isComplete).toBe(true);
  });

  it('are not those that are done, nor those with the bytes of another', () => {
    const folder = boardOf(1, 1, 1, 1);
    folder.markDone(1, { size: 1, mtimeMs: 5 });
    const board = createPackBoard(folder, (index) => index !== 3);
    expect(board.take(nothing)).toEqual([0, 2]);
  });
});
