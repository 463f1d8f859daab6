import { describe, expect, it } from 'vitest';
import { readInTwo } from './read-in-two.js';

const items = Array.from({ length: 200 }, (_, index) => index);

async function collect(reading: AsyncGenerator<number>): Promise<number[]> {
  const found: number[] = [];
  for await (const item of reading) found.push(item);
  return found;
}

/** Answers after so many turns of the loop. */
async function after<T>(turns: number, value: T): Promise<T> {
  for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
  return value;
}

describe('reading in two places', () => {
  it.each([
    [1, 1],
    [1, 9],
    [9, 1],
    [0, 3],
    [3, 0],
  ])('gives all in their order, whichever place is faster (%d, %d)', async (there, here) => {
    const read = { there: 0, here: 0 };
    const all = readInTwo(items, {
      there: (item) => {
        read.there++;
        return after(there, item);
      },
      here: (item) => {
        read.here++;
        return after(here, item);
      },
    });
    expect(await collect(all)).toEqual(items);
    expect(read.there + read.here).toBe(items.length);
    expect(read.there).toBeGreaterThan(0);
    if (there > 0) expect(read.here).toBeGreaterThan(0);
  });

  it('reads all here where there is no other place', async () => {
    expect(await collect(readInTwo(items, { there: undefined, here: (item) => after(1, item) }))).toEqual(items);
    expect(await collect(readInTwo([], { there: (item: number) => after(1, item), here: (item) => after(1, item) }))).toEqual([]); // prettier-ignore
  });

  it('fails at the turn of what could not be read, wherever that was', async () => {
    for (const where of ['there', 'here'] as const) {
      let failing: number | undefined;
      const found: number[] = [];
      const fail = async (item: number): Promise<number> => {
        if (item > 20) failing ??= item;
        await after(2, item);
        if (item === failing) throw new Error('damaged');
        return item;
      };
      const fine = (item: number): Promise<number> => after(2, item);
      const reading = readInTwo(items, where === 'there' ? { there: fail, here: fine } : { there: fine, here: fail });
      await expect(
        (async () => {
          for await (const item of reading) found.push(item);
        })(),
      ).rejects.toThrow('damaged');
      expect(found).toEqual(items.slice(0, failing));
    }
  });
});
