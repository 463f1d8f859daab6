import { expect, it } from 'vitest';
import type { FileRow } from './file-row.js';
import { maxPicks, noPicks, pickRange, togglePick } from './picks.js';

const row = (key: string): FileRow => ({ key }) as FileRow;
const keys = (picks: ReadonlyMap<string, FileRow>): string[] => [...picks.keys()];
const rows = (count: number, known = (): boolean => true) => ({
  total: count,
  rowAt: (index: number) => (known() ? row(String(index)) : undefined),
});

it('the first one taken in takes the selected row along, and one alone is no choice of many', () => {
  const two = togglePick(noPicks, row('b'), row('a'));
  expect(keys(two)).toEqual(['a', 'b']);
  expect(keys(togglePick(two, row('c'), row('b')))).toEqual(['a', 'b', 'c']);
  expect(togglePick(two, row('a'), row('b'))).toBe(noPicks);
  expect(togglePick(noPicks, row('a'), row('a'))).toBe(noPicks);
  expect(togglePick(noPicks, row('a'), undefined)).toBe(noPicks);
});

it('a range goes both ways, and not beyond the end, what is not known, or the most there may be', () => {
  expect(keys(pickRange(rows(10), 4, 2))).toEqual(['2', '3', '4']);
  expect(keys(pickRange(rows(3), 1, 9))).toEqual(['1', '2']);
  expect(
    pickRange(
      rows(10, () => false),
      0,
      9,
    ),
  ).toBe(noPicks);
  expect(pickRange(rows(5000), 0, 4999).size).toBe(maxPicks);
});
