import fc from 'fast-check';
import { pieceCountFor } from '@enxame/shared/content/piece-size';
import { hasPiece } from '@enxame/shared/peer/have';
import { describe, expect, it } from 'vitest';
import { createPieceMap } from './piece-map.js';

const KiB = 1024;

describe('piece map', () => {
  it.each([
    [0, 0],
    [1, 1],
    [256 * KiB, 1],
    [256 * KiB + 1, 2],
  ])('%d bytes are %d pieces', (size, count) => {
    const map = createPieceMap(size);
    expect([map.count, map.isComplete]).toEqual([count, count === 0]);
    for (let index = 0; index < count; index++) expect(map.markVerified(index)).toBe(true);
    expect([map.isComplete, map.verifiedBytes]).toEqual([true, size]);
  });

  it('counts each piece once, and tells them as bits', () => {
    const sizes = fc.integer({ min: 1, max: 64 * 256 * KiB });
    fc.assert(
      fc.property(sizes, fc.array(fc.nat(63)), (size, marks) => {
        const map = createPieceMap(size);
        const known = new Set<number>();
        for (const mark of marks) {
          const index = mark % pieceCountFor(size);
          expect(map.markVerified(index)).toBe(!known.has(index));
          known.add(index);
        }
        expect(map.verifiedCount).toBe(known.size);
        for (let index = 0; index < map.count; index++) {
          expect([map.isVerified(index), hasPiece(map.bits, index)]).toEqual([known.has(index), known.has(index)]);
        }
      }),
    );
  });
});
