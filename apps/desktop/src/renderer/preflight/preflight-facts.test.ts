import type { Preflight } from '@enxame/shared/engine/preflight';
import { expect, it } from 'vitest';
import { concernsOf, isPartlyHere } from './preflight-facts.js';

const well = {
  fits: true,
  collision: 'none',
  renames: { count: 0, shown: [] },
  bytesHere: 0,
  bytesToFetch: 100,
} as unknown as Preflight;

it.each([
  [{}, []],
  [{ collision: 'same', bytesHere: 100, bytesToFetch: 0 }, []],
  [{ bytesHere: 50, bytesToFetch: 50 }, []],
  [{ fits: false }, ['does-not-fit']],
  [{ collision: 'other' }, ['name-taken']],
  [
    { renames: { count: 3, shown: [] }, collision: 'other', fits: false },
    ['does-not-fit', 'name-taken', 'names-change'],
  ],
] as const)('%j: %j', (change, concerns) => {
  expect(concernsOf({ ...well, ...change } as Preflight)).toEqual(concerns);
});

it('tells what is here only when the rest is on its way', () => {
  expect(isPartlyHere(well)).toBe(false);
  expect(isPartlyHere({ ...well, bytesHere: 1, bytesToFetch: 99 })).toBe(true);
  expect(isPartlyHere({ ...well, bytesHere: 100, bytesToFetch: 0 })).toBe(false);
});
