import { describe, expect, it } from 'vitest';
import { createPieceBoard } from './piece-board.js';
import { createPieceMap } from './piece-map.js';
import { planTakeover } from './piece-takeover.js';

const pieceBytes = 256 * 1024;

/** One source moves a run; another one, which has all, has nothing to do. */
function plan(given: {
  readonly pieces: number;
  readonly other: number | undefined;
  readonly own: number | undefined;
  readonly bytesLeft?: number;
}) {
  const board = createPieceBoard({ pieces: createPieceMap(given.pieces * pieceBytes), random: () => 0 });
  const [other, holder] = [board.join(), board.join()];
  other.setHeld('all');
  holder.setHeld('all');
  const run = other.pick(given.pieces, false) ?? expect.fail('nothing to pick');
  const bytesLeft = given.bytesLeft ?? pieceBytes;
  return planTakeover({
    board,
    holder,
    bytesPerSecond: given.own,
    runs: [{ holder: other, end: run.first + run.count, bytesLeft, bytesPerSecond: given.other }],
    pieceBytes,
    maxPieces: 100,
  });
}

describe('P21: an idle source takes over', () => {
  it('half of what an equal has not begun, from its end', () => {
    expect(plan({ pieces: 20, other: pieceBytes, own: pieceBytes })).toEqual({ first: 10, count: 10 });
  });

  it('by speed: nearly all of a slow one', () => {
    expect(plan({ pieces: 20, other: pieceBytes, own: 9 * pieceBytes })).toEqual({ first: 2, count: 18 });
  });

  it('all that a stalled one has not begun, then the piece that it holds', () => {
    expect(plan({ pieces: 20, other: 0, own: 1000 })).toEqual({ first: 1, count: 19 });
    expect(plan({ pieces: 1, other: 0, own: 1000, bytesLeft: 5 })).toEqual({ first: 0, count: 1 });
  });

  it('a piece that is coming is asked a second time only of a faster one', () => {
    const slow = pieceBytes / 10;
    expect(plan({ pieces: 1, other: slow, own: pieceBytes })).toEqual({ first: 0, count: 1 });
    expect(plan({ pieces: 1, other: slow, own: slow })).toBeUndefined();
    expect(plan({ pieces: 1, other: slow, own: undefined })).toEqual({ first: 0, count: 1 });
  });

  it('nothing of one that is done soon, or began a moment ago', () => {
    expect(plan({ pieces: 4, other: 10 * pieceBytes, own: 100 * pieceBytes })).toBeUndefined();
    expect(plan({ pieces: 4, other: undefined, own: 100 * pieceBytes })).toBeUndefined();
  });
});
