import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyTable } from './key-table.js';

const key = (number: number): Uint8Array => {
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setUint32(8, number);
  return bytes;
};

describe('a table of keys', () => {
  it('gives each key one row, after any additions and deletions', () => {
    const steps = fc.array(fc.tuple(fc.boolean(), fc.nat({ max: 150 })), {
      maxLength: 600,
      minLength: 200,
      size: 'max',
    });
    fc.assert(
      fc.property(steps, fc.integer(), (changes, seed) => {
        const table = new KeyTable(16, seed);
        const model = new Map<number, number>();
        for (const [isAdd, number] of changes) {
          const row = model.get(number);
          if (table.find(key(number)) !== (row ?? -1)) throw new Error(`another row for ${String(number)}`);
          if (isAdd) model.set(number, table.add(key(number)));
          else if (row !== undefined) {
            table.delete(row);
            model.delete(number);
          }
        }
        expect(table.size).toBe(model.size);
        expect(new Set(model.values()).size).toBe(model.size);
        for (const [number, row] of model)
          expect([table.find(key(number)), table.keyOf(row)]).toEqual([row, key(number)]);
      }),
      { seed: 7, numRuns: 20 },
    );
  });

  it('takes freed rows again, and orders rows by their keys', () => {
    const table = new KeyTable(16, 1);
    const rows = Array.from({ length: 20_000 }, (_, index) => table.add(key(index)));
    expect([table.size, table.rows]).toEqual([20_000, 20_000]);
    for (const row of rows.slice(0, 15_000)) table.delete(row);
    for (let index = 0; index < 15_000; index++) table.add(key(index + 100_000));
    expect([table.size, table.rows]).toEqual([20_000, 20_000]);
    expect(table.compare(table.find(key(15_500)), table.find(key(100_001)))).toBeLessThan(0);
    expect(table.find(key(3))).toBe(-1);
  });
});
