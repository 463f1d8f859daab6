import type { UserId } from '@enxame/shared/ids';
import { expect, test } from 'vitest';
import { toPairWords } from './pair-words.js';

const [ana, rui, other] = ['a', 'b', 'c'].map((letter) => letter.repeat(51) + 'a') as [UserId, UserId, UserId];

test('I12: two people see the same words, and with another key others', async () => {
  const words = await toPairWords(ana, rui);
  expect(await toPairWords(rui, ana)).toBe(words);
  expect(words).toMatch(/^(\p{L}+-){4}\d\d$/u);
  expect(new Set([words, await toPairWords(ana, other), await toPairWords(rui, other)]).size).toBe(3);
});
