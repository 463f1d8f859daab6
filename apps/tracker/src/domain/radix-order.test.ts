import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderByNumber, orderByText } from './radix-order.js';
import { compareText } from './search-text.js';

describe('ordering without comparing', () => {
  it('orders as comparing does, ties as they were', () => {
    const numbers = fc.array(fc.oneof(fc.nat({ max: 5 }), fc.maxSafeNat()), { maxLength: 200 });
    fc.assert(
      fc.property(numbers, (values) => {
        const items = Uint32Array.from(values.keys()).reverse();
        const expected = [...items].sort((left, right) => (values[left] ?? 0) - (values[right] ?? 0));
        expect([...orderByNumber(items, (item) => values[item] ?? 0)]).toEqual(expected);
      }),
      { seed: 3 },
    );
  });

  it('orders texts by their code units, the last of which is possible too', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 4 }),
      fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 14 }),
      fc.tuple(fc.constantFrom('a'.repeat(12), 'b'.repeat(20), 'ÿ'.repeat(11)), fc.string({ unit: fc.constantFrom('a', '\0', '雪'), maxLength: 8 })).map(([start, rest]) => start + rest), // prettier-ignore
      fc.constantFrom('\uffff', '\ufffe', '\uffff\uffff', ''),
      fc.string({ unit: fc.constantFrom('a', '\0', 'ý', 'þ', 'ÿ', 'Ā', '雪'), maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 200 }), (values) => {
        const items = Uint32Array.from(values.keys()).reverse();
        const expected = [...items].sort((left, right) => compareText(values[left] ?? '', values[right] ?? ''));
        expect([...orderByText(items, (item) => values[item] ?? '')]).toEqual(expected);
      }),
      { seed: 4 },
    );
  });
});
