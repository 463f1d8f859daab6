import { expect, it } from 'vitest';
import { parseRate, toRateText } from './rate-text.js';

it.each([
  ['', null],
  ['  ', null],
  ['10', 10_000_000],
  ['2.5', 2_500_000],
  ['2,5', 2_500_000],
  [' 0,01 ', 10_000],
  ['0', undefined],
  ['0.001', undefined],
  ['-1', undefined],
  ['1.000,5', undefined],
  ['1e3', undefined],
  ['fast', undefined],
])('%j is %s bytes a second', (typed, bytes) => {
  expect(parseRate(typed)).toBe(bytes);
});

it('writes a speed so that it is read as the same', () => {
  for (const bytes of [1024, 10_000, 2_500_000, 1_250_000_000, null]) {
    for (const language of ['en', 'pt-BR'] as const) expect(parseRate(toRateText(bytes, language))).toBe(bytes);
  }
  expect(toRateText(2_500_000, 'pt-BR')).toBe('2,5');
});
