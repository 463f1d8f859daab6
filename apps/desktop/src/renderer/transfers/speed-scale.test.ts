import { expect, it } from 'vitest';
import { topOf } from './speed-scale.js';

it.each([
  [0, 200_000],
  [200_000, 200_000],
  [200_001, 400_000],
  [48_200_000, 60_000_000],
  [81e6, 100e6],
  [100e6, 100e6],
])('a peak of %i stands under %i', (peak, top) => {
  expect(topOf(peak)).toBe(top);
});
