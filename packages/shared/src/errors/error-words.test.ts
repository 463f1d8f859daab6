import { describe, expect, it } from 'vitest';
import { languages } from '../language.js';
import { describeError } from './describe-error.js';
import { errorCodes } from './error-codes.js';
import { errorWordsEn } from './error-words.en.js';
import { errorWordsPtBr } from './error-words.pt-br.js';

const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+(:bytes)?\}/g))].sort();

describe('the words for errors', () => {
  it.each(errorCodes)('say in both languages what %s is and what to do, from the same parameters', (code) => {
    const [english, portuguese] = [errorWordsEn[code], errorWordsPtBr[code]];
    for (const { what, todo } of [english, portuguese]) {
      expect(what).toMatch(/\.$/);
      expect(todo).toMatch(/\.$/);
    }
    expect(placeholders(portuguese.what + portuguese.todo)).toEqual(placeholders(english.what + english.todo));
    expect(placeholders(portuguese.detail ?? '')).toEqual(placeholders(english.detail ?? ''));
    expect(portuguese.what).not.toBe(english.what);
  });

  it('has words for codes of the list, and for nothing else', () => {
    for (const words of [errorWordsEn, errorWordsPtBr]) {
      expect(Object.keys(words).sort()).toEqual([...errorCodes].sort());
    }
    expect(new Set(errorCodes).size).toBe(errorCodes.length);
  });

  it('say a detail only when they know it, with sizes as people read them', () => {
    const full = { code: 'disk-full', params: { folder: '/x', needed: 12_340_000_000, free: 999_600 } } as const;
    expect(describeError(full, 'en').what).toMatch(/“\/x”\. It takes 12\.3 GB, and 1 MB are free\.$/);
    expect(describeError(full, 'pt-BR').what).toContain('12,3 GB');
    expect(describeError({ code: 'disk-full', params: { folder: '/x' } }, 'en').what).toMatch(/“\/x”\.$/);
  });

  it.each(languages)('fills in parameters, as text and never as a pattern (%s)', (language) => {
    const { what } = describeError({ code: 'name-taken', params: { name: '$& {max}' } }, language);
    expect(what).toContain('$& {max}');
    expect(describeError({ code: 'name-too-long' }, language).todo).toContain('?');
  });
});
