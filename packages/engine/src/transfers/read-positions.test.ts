import { describe, expect, it } from 'vitest';
import { contentIdSchema } from '@enxame/shared/ids';
import { createPieceBoard } from './piece-board.js';
import { createPieceMap } from './piece-map.js';
import { createReadPositions } from './read-positions.js';

const contentId = contentIdSchema.parse('c'.repeat(51) + 'a');
const other = contentIdSchema.parse('d'.repeat(51) + 'a');
const pieceBytes = 256 * 1024;

describe('where contents are read', () => {
  it('V6: the newest reader is first, and each step of one is told once', () => {
    const positions = createReadPositions();
    let moves = 0;
    const stop = positions.onMove(contentId, () => moves++);
    const first = positions.follow(contentId);
    expect(positions.of(contentId)).toEqual([]);
    first.moveTo(0);
    first.moveTo(1000);
    expect(moves).toBe(1);
    const second = positions.follow(contentId);
    second.moveTo(5 * pieceBytes);
    positions.follow(other).moveTo(7);
    expect(positions.of(contentId)).toEqual([5 * pieceBytes, 1000]);
    expect(moves).toBe(2);
    second.close();
    second.close();
    expect(positions.of(contentId)).toEqual([1000]);
    expect(moves).toBe(3);
    stop();
    first.moveTo(9 * pieceBytes);
    expect(moves).toBe(3);
  });
});

describe('the picker, while somebody reads', () => {
  const create = (count: number, readers: () => readonly number[]) => {
    const pieces = createPieceMap(count * pieceBytes);
    return { pieces, board: createPieceBoard({ pieces, random: () => 0.99, readers }) };
  };

  it('V6: asks first for what comes next at the newest reader, then at the others, then for the rest', () => {
    let readers = [100, 20];
    const { board, pieces } = create(400, () => readers);
    const holder = board.join();
    holder.setHeld('all');
    expect(holder.pick(4, false)).toEqual({ first: 100, count: 4 });
    for (let index = 100; index < 104; index++) {
      pieces.markVerified(index);
      holder.settle(index, true);
    }
    expect(holder.pick(200, false)).toEqual({ first: 104, count: 200 });
    // All that is read next at the first is asked for: the second gets its turn.
    expect(holder.pick(2, false)).toEqual({ first: 20, count: 2 });
    readers = [310];
    board.readersMoved();
    expect(holder.pick(2, false)).toEqual({ first: 310, count: 2 });
    readers = [];
    expect(board.isRead).toBe(false);
  });

  it('V6: asks a source only for what it has, also for what it gave to others already', () => {
    const { board } = create(10, () => [4]);
    const holder = board.join();
    const held = Uint8Array.of(0b0000_0010, 0b0100_0000); // 6 and 9
    holder.setHeld(held, Uint8Array.of(0b0000_0010, 0));
    expect(holder.pick(1, true)).toEqual({ first: 6, count: 1 });
  });

  it('V6: a source that had nothing looks again when a reader moves', () => {
    let readers: number[] = [];
    const { board } = create(4, () => readers);
    const holder = board.join();
    holder.setHeld(Uint8Array.of(0b1000_0000), Uint8Array.of(0b1000_0000));
    expect(holder.canPick(true)).toBe(false);
    readers = [0];
    board.readersMoved();
    expect(holder.canPick(true)).toBe(true);
  });
});
