import fc from 'fast-check';
import { pieceBytesFor, pieceCountFor } from '@enxame/shared/content/piece-size';
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
    for (let index = 0; index < count; index++) map.markVerified(index);
    expect([map.isComplete, map.verifiedBytes, map.nextMissing(1)]).toEqual([true, size, undefined]);
  });

  it('asks for each missing piece, never for a verified one, in runs that fit', () => {
    const sizes = fc.integer({ min: 1, max: 64 * 256 * KiB });
    fc.assert(
      fc.property(sizes, fc.array(fc.nat(63)), fc.integer({ min: 1, max: 20 * 256 * KiB }), (size, have, maxBytes) => {
        const map = createPieceMap(size);
        const pieceBytes = pieceBytesFor(size);
        const expected = new Set(Array.from({ length: pieceCountFor(size) }, (_, index) => index));
        for (const index of have) {
          if (index >= map.count) continue;
          map.markVerified(index);
          map.markVerified(index);
          expected.delete(index);
        }
        for (let run = map.nextMissing(maxBytes); run; run = map.nextMissing(maxBytes)) {
          expect(run.start % pieceBytes).toBe(0);
          expect(run.end).toBeLessThanOrEqual(size);
          expect(run.end - run.start).toBeLessThanOrEqual(Math.max(maxBytes, pieceBytes));
          for (let index = run.start / pieceBytes; index * pieceBytes < run.end; index++) {
            expect(expected.delete(index)).toBe(true);
            map.markVerified(index);
          }
        }
        expect([...expected]).toEqual([]);
        expect([map.isComplete, map.verifiedCount, map.verifiedBytes]).toEqual([true, map.count, size]);
      }),
    );
  });
});
