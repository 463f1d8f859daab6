import { expect, it } from 'vitest';
import { isSameWord, pickPlaces } from './word-check.js';

it('asks for three different places, in order', () => {
  expect(pickPlaces(24, () => 0.999)).toEqual([21, 22, 23]);
  expect(pickPlaces(24, () => 0)).toEqual([0, 1, 2]);
  const turns = [0.9, 0.1, 0.5];
  expect(pickPlaces(10, () => turns.shift() ?? 0)).toEqual([0, 5, 9]);
});

it('takes a word however it is typed, and no other', () => {
  expect(isSameWord(' Abélha ', 'abelha')).toBe(true);
  expect(isSameWord('abelhas', 'abelha')).toBe(false);
  expect(isSameWord('', 'abelha')).toBe(false);
});
