import { foldFileName } from '@enxame/shared/content/collection';
import { isSafeFileName } from '@enxame/shared/content/file-name';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toSafeNames } from './safe-names.js';

const safeNamesOf = (names: readonly string[]): [string, string][] =>
  toSafeNames(names.map((name) => ({ name }))).map(([safe, { name }]) => [safe, name]);

describe('the names of a folder', () => {
  it('C12: stay as they are when they are safe, in the order of their bytes', () => {
    const names = ['b', 'a', 'B2', 'é', '.git', '😀', '\uffee'];
    expect(safeNamesOf(names).map(([safe]) => safe)).toEqual(['.git', 'B2', 'a', 'b', 'é', '\uffee', '😀']);
  });

  it('C12: get a number when they are one name elsewhere, and a safe one keeps its own', () => {
    expect(safeNamesOf(['readme', 'README', 'Readme'])).toEqual([
      ['README', 'README'],
      ['Readme (2)', 'Readme'],
      ['readme (3)', 'readme'],
    ]);
    expect(safeNamesOf(['a:b', 'a_b', 'a*b', 'CON'])).toEqual([
      ['_CON', 'CON'],
      ['a_b', 'a_b'],
      ['a_b (2)', 'a*b'],
      ['a_b (3)', 'a:b'],
    ]);
  });

  it('C12: are the same however the system lists them, and every one is safe and its own', () => {
    const name = fc.string({ unit: fc.constantFrom(...Array.from('aA é:.*😀\u0301_')), minLength: 1, maxLength: 5 });
    const long = fc.string({ unit: fc.constantFrom('x', 'é', ':'), minLength: 225, maxLength: 255 });
    fc.assert(
      fc.property(fc.uniqueArray(fc.oneof(name, long), { maxLength: 30 }), (names) => {
        const safe = safeNamesOf(names);
        expect(safe).toEqual(safeNamesOf(names.toReversed()));
        expect(safe.every(([each]) => isSafeFileName(each))).toBe(true);
        expect(new Set(safe.map(([each]) => foldFileName(each))).size).toBe(names.length);
        const sorted = safe.map(([each]) => Buffer.from(each)).sort((left, right) => Buffer.compare(left, right));
        expect(sorted.map(String)).toEqual(safe.map(([each]) => each));
      }),
      { seed: 12, numRuns: 500 },
    );
  });
});
