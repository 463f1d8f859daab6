import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SortedList } from './sorted-list.js';

const byNumber = (left: number, right: number): number => left - right;

describe('SortedList', () => {
  it('is at every moment what a sorted array would be', () => {
    const edits = fc.array(fc.tuple(fc.boolean(), fc.nat({ max: 300 })), { maxLength: 600 });
    const windows = fc.tuple(fc.nat({ max: 400 }), fc.nat({ max: 40 }));
    fc.assert(
      fc.property(edits, windows, (steps, [offset, limit]) => {
        const list = new SortedList(byNumber);
        const model = new Set<number>();
        for (const [isInsert, value] of steps) {
          if (!isInsert) expect(list.delete(value)).toBe(model.delete(value));
          else if (!model.has(value)) {
            model.add(value);
            list.insert(value);
          }
        }
        const sorted = [...model].sort(byNumber);
        expect(list.size).toBe(sorted.length);
        expect(list.slice(offset, limit)).toEqual(sorted.slice(offset, offset + limit));
        expect(list.sliceReversed(offset, limit)).toEqual(sorted.toReversed().slice(offset, offset + limit));
      }),
      { seed: 11 },
    );
  });

  it('keeps its order through splits and emptied parts, at a size that needs many', () => {
    const count = 10_000;
    const list = new SortedList(
      byNumber,
      Array.from({ length: count }, (_, index) => index * 2),
    );
    for (let index = 0; index < count; index++) list.insert(((index * 7919) % count) * 2 + 1);
    expect(list.size).toBe(2 * count);
    expect(list.slice(9_990, 20)).toEqual(Array.from({ length: 20 }, (_, index) => 9_990 + index));
    for (let value = 0; value < 2 * count - 1; value++) expect(list.delete(value)).toBe(true);
    expect(list.delete(5)).toBe(false);
    expect(list.slice(0, 5)).toEqual([2 * count - 1]);
    const seen: number[] = [];
    list.forEach((value) => seen.push(value));
    expect(seen).toEqual([2 * count - 1]);
  });
});
