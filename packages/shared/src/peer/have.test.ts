import { describe, expect, it } from 'vitest';
import {
  clearPiece,
  createFullBits,
  createPieceBits,
  encodeHave,
  hasPiece,
  haveBytesFor,
  parseHave,
  setPiece,
} from './have.js';

const piece = 256 * 1024;

describe('P16: what a source tells of its pieces', () => {
  it.each([0, 1, 7, 8, 9, 64, 2047])('%d pieces come back as they went', (count) => {
    const held = createFullBits(count);
    const given = createPieceBits(count);
    if (count > 0) setPiece(given, count - 1);
    const bytes = encodeHave({ held, given });
    expect(bytes.length).toBe(haveBytesFor(count * piece));
    expect(parseHave(bytes, count)).toEqual({ held, given });
    for (let index = 0; index < count; index++) expect(hasPiece(held, index)).toBe(true);
    expect(hasPiece(held, count)).toBe(false);
  });

  it('the first piece is the highest bit', () => {
    const bits = createPieceBits(9);
    setPiece(bits, 0);
    setPiece(bits, 8);
    expect([...bits]).toEqual([128, 128]);
    clearPiece(bits, 0);
    expect([...bits]).toEqual([0, 128]);
  });

  it.each([
    ['too short', new Uint8Array(1)],
    ['too long', new Uint8Array(3)],
    ['empty', new Uint8Array()],
    ['a piece that does not exist', Uint8Array.of(255, 0)],
    ['one given that does not exist', Uint8Array.of(0, 1)],
  ])('refuses what is %s', (_, bytes) => {
    expect(() => parseHave(bytes, 3)).toThrow('source-lied');
  });
});
