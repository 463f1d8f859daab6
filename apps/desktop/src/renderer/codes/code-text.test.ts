import { expect, it } from 'vitest';
import { findPastedCode, isCompletable, toComparable } from './code-text.js';

it.each(['7-abelha-vinho', '7-XKY9', '123-relação-ação', 'enxame://code/7-abelha-vinho?at=tracker.example.org%3A7667'])(
  '%s is a code to receive',
  (pasted) => {
    expect(findPastedCode(` ${pasted}\n`)).toBe(pasted);
  },
);

it.each([
  '',
  'hello there',
  '555-1234',
  '2026-11-21',
  '7 abelha vinho',
  'https://example.org/7-abelha',
  `7-${'a'.repeat(600)}`,
])('%j is something else that was pasted', (pasted) => {
  expect(findPastedCode(pasted)).toBeNull();
});

it('only a number with a letter after it can be completed', () => {
  expect(['7', '7-', 'ab', '7-a', '7 ab', '12-abelha-v'].map(isCompletable)).toEqual([
    false,
    false,
    false,
    true,
    true,
    true,
  ]);
});

it('what two people compare is short and in groups', () => {
  expect(toComparable('0123456789abcdef0123456789abcdef')).toBe('0123 4567 89ab cdef');
});
