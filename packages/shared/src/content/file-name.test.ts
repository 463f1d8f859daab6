import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSafeFileName, maxFileNameBytes, splitExtension, toSafeFileName } from './file-name.js';

describe('toSafeFileName', () => {
  it.each([
    ['Relação 2026.pdf', 'Relação 2026.pdf'],
    ['.bashrc', '.bashrc'],
    ['مرحبا.txt', 'مرحبا.txt'],
    ['../../etc/passwd', '.._._etc_passwd'],
    ['C:\\Windows\\a.txt', 'C__Windows_a.txt'],
    ['a\u0000b\nc.txt', 'a_b_c.txt'],
    ['CON', '_CON'],
    ['con.txt', '_con.txt'],
    ['Lpt1 .tar.gz', '_Lpt1 .tar.gz'],
    ['console.log', 'console.log'],
    ['report.pdf. . ', 'report.pdf'],
    ['photo\u202egpj.exe', 'photogpj.exe'],
    ['a\u200b\u0301.txt', 'á.txt'],
    ['', '_'],
    ['.', '_'],
    ['..', '_'],
    ['  ', '_'],
    ['\ud800.txt', '\ufffd.txt'],
  ])('makes %j into %j', (name, safe) => {
    expect(toSafeFileName(name)).toBe(safe);
  });

  it('cuts a long name, between characters, and keeps the extension', () => {
    const safe = toSafeFileName(`${'🦊'.repeat(100)}.tar`);
    expect(safe).toBe(`${'🦊'.repeat(56)}.tar`);
  });

  it('gives, for whatever arrives, a name that every system takes, and that stays as it is', () => {
    const characters = fc.constantFrom(
      ...Array.from('a.. /\\:*?"<>|_~é\u0301\u200b\u202e\u0000\n\u0085\ud800🦊conlptauxCON1¹$'),
    );
    const names = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.array(characters, { maxLength: 300 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(names, (name) => {
        const safe = toSafeFileName(name);
        expect(toSafeFileName(safe)).toBe(safe);
        expect(safe).not.toBe('');
        expect(new TextEncoder().encode(safe).length).toBeLessThanOrEqual(maxFileNameBytes);
        expect(safe).not.toMatch(/[/\\:*?"<>|\u0000-\u001f\u007f-\u009f\u202a-\u202e]|[ .]$|^\.\.?$/u);
        expect(safe).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)\s*(\.|$)/i);
        expect(safe.isWellFormed()).toBe(true);
        expect(safe.normalize('NFC')).toBe(safe);
      }),
      { seed: 3, numRuns: 1000 },
    );
  });
});

describe('splitExtension', () => {
  it.each([
    ['a.txt', 'a', '.txt'],
    ['a.tar.gz', 'a.tar', '.gz'],
    ['.bashrc', '.bashrc', ''],
    ['a', 'a', ''],
    ['a. far too long to be an extension', 'a. far too long to be an extension', ''],
  ])('splits %j', (name, stem, extension) => {
    expect(splitExtension(name)).toEqual({ stem, extension });
  });
});

describe('isSafeFileName', () => {
  it.each(['con', 'CON.txt', 'con .txt', 'a..b', ' a', 'a ', 'a.', '', '.', 'a/b', 'a:b', 'a'.repeat(231)])(
    'refuses %j',
    (name) => {
      expect(isSafeFileName(name)).toBe(false);
    },
  );

  it('says of every name what toSafeFileName does', () => {
    const likely = fc.string({ unit: fc.constantFrom(...Array.from('abNCO1 .-_(~é/\u0301')) });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), likely), (name) => {
        expect(isSafeFileName(name)).toBe(name !== '' && toSafeFileName(name) === name);
      }),
      { seed: 3, numRuns: 2000 },
    );
  });
});
