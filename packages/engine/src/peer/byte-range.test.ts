import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRange } from './byte-range.js';

describe('P6: a range of a content', () => {
  it.each([
    ['bytes=0-9', 100, { start: 0, end: 10 }],
    ['bytes=90-', 100, { start: 90, end: 100 }],
    ['bytes=-10', 100, { start: 90, end: 100 }],
    ['bytes=-1000', 100, { start: 0, end: 100 }],
    ['bytes=99-1000', 100, { start: 99, end: 100 }],
    ['bytes=100-', 100, null],
    ['bytes=0-', 0, null],
    ['bytes=-5', 0, null],
    ['bytes=-0', 100, null],
    ['bytes=5-2', 100, undefined],
    ['bytes=-', 100, undefined],
    ['bytes=0-1,3-4', 100, undefined],
    ['items=0-1', 100, undefined],
    ['bytes=0x1-2', 100, undefined],
    ['bytes=99999999999999999-', 100, undefined],
    [undefined, 100, undefined],
  ])('%s of %d bytes', (header, size, expected) => {
    expect(parseRange(header, size)).toEqual(expected);
  });

  it('never leaves the content, whatever the header', () => {
    const number = fc.oneof(fc.constant(''), fc.bigInt(0n, 10n ** 17n).map(String), fc.string({ maxLength: 4 }));
    fc.assert(
      fc.property(number, number, fc.integer({ min: 0, max: 2 ** 44 }), (first, last, size) => {
        const range = parseRange(`bytes=${first}-${last}`, size);
        if (!range) return;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.start).toBeLessThan(range.end);
        expect(range.end).toBeLessThanOrEqual(size);
      }),
    );
  });
});
