import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxPackBytes, maxPackFiles, maxPackRanges, packLength, parsePackRanges, toPackRanges } from './pack.js';

const badRequest = expect.objectContaining({ code: 'bad-request' }) as unknown;

describe('the files of a pack', () => {
  it('P50: are asked for as ranges, and read back as they were', () => {
    const indexes = fc.uniqueArray(fc.nat({ max: 999_999 }), { minLength: 1, maxLength: maxPackRanges });
    fc.assert(
      fc.property(indexes, (list) => {
        const ascending = list.toSorted((a, b) => a - b);
        expect(parsePackRanges(toPackRanges(ascending))).toEqual(ascending);
      }),
      { seed: 40 },
    );
    expect(toPackRanges([0, 1, 2, 5, 7, 8])).toBe('0-2,5,7-8');
  });

  it.each(['', ',', '1,', '2-1', '1,1', '5,3', '0-3,3', '-1', '1-', 'a', '1e3', '0-99999999', '0-1024', ' 1', '0,,1'])(
    'P50: refuses %j',
    (text) => {
      expect(() => parsePackRanges(text)).toThrow(badRequest);
    },
  );

  it('P50: refuses more ranges than a head can hold', () => {
    const list = (count: number): string => Array.from({ length: count }, (_, at) => String(at * 2)).join(',');
    expect(parsePackRanges(list(maxPackRanges))).toHaveLength(maxPackRanges);
    expect(() => parsePackRanges(list(maxPackRanges + 1))).toThrow(badRequest);
    expect(() => parsePackRanges('0,'.repeat(100_000))).toThrow(badRequest);
  });

  it('P51: are as many as one answer may carry', () => {
    const all = Array.from({ length: 5000 }, (_, index) => index);
    expect(packLength(all, 0, () => 0)).toBe(maxPackFiles);
    expect(packLength(all, 4999, () => 1)).toBe(1);
    expect(packLength(all, 0, () => 4096)).toBe(maxPackBytes / 4096);
    expect(packLength(all, 0, () => maxPackBytes + 1)).toBe(1);
    const scattered = all.map((index) => index * 2);
    expect(packLength(scattered, 0, () => 1)).toBe(maxPackRanges);
  });
});
