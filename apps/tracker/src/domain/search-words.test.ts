import { describe, expect, it } from 'vitest';
import { toNameWords, toSearchWords } from './search-words.js';

describe('the words of a name', () => {
  it.each([
    ['Relação_final-v2 (cópia).PDF', ['relacao', 'final', 'v2', '2', 'copia', 'pdf']],
    ['Series.S01E02.mkv', ['series', 's01e02', '01e02', 'e02', '02', 'mkv']],
    ['写真アルバム.zip', ['写', '真', 'ア', 'ル', 'ハ', 'ム', 'zip']],
    ['🦊 raposa.jpg', ['🦊', 'raposa', 'jpg']],
    ['مرحبا 1.txt', ['مرحبا', '1', 'txt']],
    ['...', []],
    ['a1b2c3d4e5f6.bin', ['a1b2c3d4e5f6', 'bin']],
  ])('T10: %s', (name, words) => {
    expect(toNameWords(name)).toEqual(words);
  });

  it('T10: are not more than a bounded number, and none is longer than one', () => {
    expect(toNameWords('a '.repeat(100) + 'x'.repeat(100)).length).toBeLessThanOrEqual(65);
    expect(toNameWords(Array.from({ length: 200 }, (_, index) => `w${String(index)}`).join(' ')).length).toBeLessThan(
      70,
    );
    expect(toNameWords('x'.repeat(200))).toEqual(['x'.repeat(40)]);
  });
});

describe('the words of a search', () => {
  it('T10: are read in any order, each once, and none that another implies', () => {
    expect(toSearchWords('  Vinho  abelha vinho ')).toEqual(toSearchWords('abelha VINHO'));
    expect(toSearchWords('re relação r re')).toEqual(['relacao']);
    expect(toSearchWords(' \t - ')).toEqual([]);
    expect(toSearchWords('x'.repeat(200))).toEqual(['x'.repeat(40)]);
  });
});
