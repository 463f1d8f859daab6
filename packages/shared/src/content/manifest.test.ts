import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeManifest, manifestBytesFor, parseManifest, pieceHashAt, pieceHashBytes } from './manifest.js';
import { maxContentBytes, pieceBytesFor, pieceCountFor, pieceLength } from './piece-size.js';

const mismatch = expect.objectContaining({ code: 'manifest-mismatch' }) as unknown;
const sizes = fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 2 ** 22 }), fc.nat({ max: 2 ** 28 }));
const createManifest = (size: number) => ({
  size,
  pieceHashes: new Uint8Array(pieceCountFor(size) * pieceHashBytes).map((_, index) => index),
});

const isEqual = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && left.every((byte, index) => byte === right[index]);

describe('a manifest', () => {
  it('C1: reads back as it was encoded', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const bytes = encodeManifest(createManifest(size));
        expect(bytes.length).toBe(manifestBytesFor(size));
        const read = parseManifest(bytes);
        expect(read.size).toBe(size);
        // Not toEqual, which walks through arrays of a hundred thousand numbers one by one.
        expect(isEqual(read.pieceHashes, createManifest(size).pieceHashes)).toBe(true);
      }),
      { seed: 4 },
    );
  });

  it('C1: has one encoding: another first byte, or one byte more or less, is none', () => {
    const bytes = encodeManifest(createManifest(600_000));
    for (let index = 0; index < 8; index++) {
      const changed = bytes.slice();
      changed[index] = (changed[index] ?? 0) ^ 0x80;
      expect(() => parseManifest(changed)).toThrow(mismatch);
    }
    expect(() => parseManifest(bytes.subarray(1))).toThrow(mismatch);
    expect(() => parseManifest(bytes.subarray(0, -1))).toThrow(mismatch);
    expect(() => parseManifest(new Uint8Array([...bytes, 0]))).toThrow(mismatch);
    expect(() => parseManifest(new Uint8Array())).toThrow(mismatch);
  });

  it('C1: is read from the middle of a larger buffer, and keeps no part of it', () => {
    const bytes = encodeManifest(createManifest(10));
    const larger = new Uint8Array([9, 9, ...bytes, 9]);
    const manifest = parseManifest(larger.subarray(2, -1));
    larger.fill(0);
    expect(manifest).toEqual(createManifest(10));
    expect(pieceHashAt(manifest, 0)).toEqual(createManifest(10).pieceHashes);
  });

  it('C1: refuses a size above the largest content', () => {
    const bytes = encodeManifest(createManifest(10));
    new DataView(bytes.buffer).setBigUint64(8, 2n ** 63n);
    expect(() => parseManifest(bytes)).toThrow(mismatch);
  });
});

describe('pieces', () => {
  it.each([
    [0, 256 * 1024, 0],
    [1, 256 * 1024, 1],
    [256 * 1024, 256 * 1024, 1],
    [512 * 1024 * 1024, 256 * 1024, 2048],
    [512 * 1024 * 1024 + 1, 512 * 1024, 1025],
    [maxContentBytes, 16 * 1024 * 1024, 2 ** 20],
  ])('C2: of %d bytes are %d bytes long, and %d', (size, pieceBytes, count) => {
    expect([pieceBytesFor(size), pieceCountFor(size)]).toEqual([pieceBytes, count]);
  });

  it('C2: add up to the content', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        let sum = 0;
        for (let index = 0; index < pieceCountFor(size); index++) sum += pieceLength(size, index);
        expect(sum).toBe(size);
      }),
      { seed: 5 },
    );
  });
});
