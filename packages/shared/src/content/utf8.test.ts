import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromUtf8, toUtf8 } from './utf8.js';

const read = (bytes: readonly number[]): string | undefined => fromUtf8(Uint8Array.from(bytes), 0, bytes.length);

describe('UTF-8', () => {
  it('reads back every well-formed text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const bytes = toUtf8(text);
        expect(fromUtf8(bytes, 0, bytes.length)).toBe(text.toWellFormed());
      }),
      { seed: 8 },
    );
  });

  it('knows the lengths of the encoding', () => {
    expect([...toUtf8('aé€😀')]).toEqual([0x61, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80]);
    expect([...toUtf8('\ud800')]).toEqual([0xef, 0xbf, 0xbd]);
  });

  it.each([
    ['a lone continuation', [0x80]],
    ['overlong in two', [0xc0, 0xaf]],
    ['overlong in three', [0xe0, 0x80, 0xaf]],
    ['overlong in four', [0xf0, 0x80, 0x80, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
    ['an impossible byte', [0xff]],
    ['cut short', [0xe2, 0x82]],
    ['broken off', [0xe2, 0x28, 0xac]],
  ])('refuses %s', (_what, bytes) => {
    expect(read(bytes)).toBeUndefined();
  });
});
