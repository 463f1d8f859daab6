import { describe, expect, it } from 'vitest';
import { compactCodeForm, completeCode, createCode, defaultCodeWords, parseCode } from './code.js';
import { parseCodeOrLink, toCodeLink } from './code-link.js';
import { wordAt, wordsPerList } from './code-words.js';

const pt = { words: defaultCodeWords, language: 'pt-BR' } as const;

describe('codes', () => {
  it('W20 are a number and words of the list, at least 20 bits of them', () => {
    const asked: number[] = [];
    const code = createCode('7', pt, (below) => {
      asked.push(below);
      return 5;
    });
    expect(code).toEqual({ nameplate: '7', text: `7-${wordAt('pt-BR', 5)}-${wordAt('pt-BR', 5)}` });
    expect(asked.reduce((bits, below) => bits + Math.log2(below), 0)).toBeGreaterThanOrEqual(20);
  });

  it('W20 have a compact form of at least 20 bits', () => {
    const bits: number[] = [];
    const { text } = createCode('7', compactCodeForm, (below) => {
      bits.push(Math.log2(below));
      return below - 1;
    });
    expect(text).toBe('7-9999');
    expect(bits.reduce((sum, some) => sum + some)).toBeGreaterThanOrEqual(20);
  });

  it('W21 every word of both lists is read back in any case, and from its first letters where they tell it', () => {
    let told = 0;
    for (const language of ['en', 'pt-BR'] as const) {
      for (let index = 0; index < wordsPerList; index++) {
        const word = wordAt(language, index);
        expect(parseCode(`7 ${word.toUpperCase()}`).text).toBe(`7-${word}`);
        const short = parseCode(`7 ${word.slice(0, 5)} ${word}`).text;
        if (short === `7-${word}-${word}`) told++;
        else expect(short).toBe(`7-${word.slice(0, 5)}-${word}`); // never another word
      }
    }
    expect(told).toBeGreaterThan(wordsPerList * 1.8);
  });

  it.each([
    ['7-abelha-vinheta', '7-abelha-vinheta'],
    ['  7 Abelha  VINHETA ', '7-abelha-vinheta'],
    ['7–abelha—vinheta', '7-abelha-vinheta'],
    ['7 abélha vinhéta', '7-abelha-vinheta'],
    ['7_abel_vinh', '7-abelha-vinheta'],
    ['7abelha vinheta', '7-abelha-vinheta'],
    ['7-xky9', '7-XKY9'],
    ['7 XK Y9', '7-XKY9'],
    ['7xky9', '7-XKY9'],
    ['4-purple-sausages', '4-purple-sausages'],
    ['4-Foo-bar', '4-Foo-bar'],
    ['123456789-guitarist', '123456789-guitarist'],
    ['7-k3j5-bench', '7-k3j5-bench'],
    ['7-zz9', '7-zz9'],
  ])('W21 reads “%s” as %s', (typed, text) => {
    expect(parseCode(typed).text).toBe(text);
  });

  it.each(['', '   ', '7', '7-', 'abelha-vinheta', '1234567890-abelha', `7-${'a'.repeat(200)}`])(
    'W21 refuses “%s”',
    (typed) => {
      expect(() => parseCode(typed)).toThrow('code-invalid');
    },
  );

  it('W22 are completed while they are typed, in the language of the person first', () => {
    expect(completeCode('7-abel', 'pt-BR')).toEqual(['7-abelha']);
    expect(completeCode('7 abelha vinh', 'pt-BR')).toEqual(['7-abelha-vinheta']);
    expect(completeCode('7-ab', 'en', 2)).toEqual(['7-abandon', '7-ability']);
    expect(completeCode('7-zzz', 'en')).toEqual([]);
    expect(completeCode('7', 'en')).toEqual([]);
    expect(completeCode('7-', 'en')).toEqual([]);
  });

  it('W23 make links that carry the place, and are read back from what was pasted', () => {
    const code = parseCode('7-abelha-vinheta');
    const link = toCodeLink(code, 'tracker.example.org:7667');
    expect(link).toBe('enxame://code/7-abelha-vinheta?at=tracker.example.org%3A7667');
    expect(parseCodeOrLink(`  ${link}\n`)).toEqual({ code, at: 'tracker.example.org:7667' });
    expect(parseCodeOrLink('7 abelha vinheta')).toEqual({ code, at: undefined });
    expect(parseCodeOrLink(toCodeLink(code, '[fd00::1]:7667')).at).toBe('[fd00::1]:7667');
  });

  it.each([
    'enxame://other/7-abelha',
    'enxame://code/',
    'enxame://code/%ff',
    'enxame://code/7-abelha?at=javascript:1//x',
    'enxame:',
  ])('W23 refuses the link %s', (link) => {
    expect(() => parseCodeOrLink(link)).toThrow('code-invalid');
  });
});
