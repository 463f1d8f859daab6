import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxUserNameChars, parseUserName, toNameKey, toNameSkeleton } from './user-name.js';

describe('parseUserName', () => {
  it.each([
    ['Ana', 'Ana'],
    ['  Ana   Clara ', 'Ana Clara'],
    ['José', 'José'],
    ['Jose\u0301', 'José'],
    ['Ａｎａ', 'Ana'],
    ["D'Ávila-Souza", "D'Ávila-Souza"],
    ['محمد علي', 'محمد علي'],
    ['דוד', 'דוד'],
    ['王小明', '王小明'],
    ['प्रिया', 'प्रिया'],
    ['x'.repeat(40), 'x'.repeat(40)],
  ])('I9: takes %j as %j', (text, name) => {
    expect(parseUserName(text)).toBe(name);
  });

  it.each([
    ['', 'name-empty'],
    [' \t\n\u00a0', 'name-empty'],
    ['x'.repeat(41), 'name-too-long'],
    ['a'.repeat(300), 'name-too-long'],
    ['\ufdfa'.repeat(10), 'name-too-long'],
    ['a\u202eb', 'name-characters'],
    ['a\u2066b', 'name-characters'],
    ['a\u200fb', 'name-characters'],
    ['a\u200bb', 'name-characters'],
    ['a\u0000b', 'name-characters'],
    ['Ana\nB', 'name-characters'],
    ['<b>', 'name-characters'],
    ['a@b', 'name-characters'],
    ['🦊', 'name-characters'],
    ['...', 'name-characters'],
    ['\ud800', 'name-characters'],
    [`a${'\u0301'.repeat(8)}`, 'name-characters'],
    ['Pаulo', 'name-mixed-scripts'],
    ['Αna', 'name-mixed-scripts'],
  ])('I9: refuses %j with %s', (text, code) => {
    expect(() => parseUserName(text)).toThrow(expect.objectContaining({ code }));
  });

  it('I9: gives a name that it takes as it is, or one of its own errors', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        let name: string;
        try {
          name = parseUserName(text);
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^name-/) as unknown });
          return;
        }
        expect(parseUserName(name)).toBe(name);
        expect([...name].length).toBeLessThanOrEqual(maxUserNameChars);
      }),
      { seed: 6, numRuns: 1000 },
    );
  });
});

describe('names that count as one', () => {
  it.each([
    ['Ana', 'ANA'],
    ['Straße', 'STRASSE'],
    ['Ａna', 'ana'],
    ['ΟΔΟΣ', 'οδος'],
  ])('I10: %s and %s have one key', (left, right) => {
    expect(toNameKey(parseUserName(left))).toBe(toNameKey(parseUserName(right)));
  });

  it.each([
    ['José', 'Jose'],
    ['Ana Clara', 'AnaClara'],
    ['ana.clara', 'ana_clara'],
    ['аnnа', 'anna'],
    ['Paul0', 'Paulo'],
    ['Julia', 'Ju1ia'],
    ['Lvan', 'Ivan'],
    ['Arnold', 'Amold'],
    ['vvilson', 'Wilson'],
  ])('I10: %s and %s can be taken for each other', (left, right) => {
    expect(toNameSkeleton(left)).toBe(toNameSkeleton(right));
    expect(toNameKey(left)).not.toBe(toNameKey(right));
  });

  it.each([
    ['Ana', 'Anna'],
    ['Rui', 'Rita'],
    ['محمد', 'محمود'],
    ['王小明', '王小红'],
  ])('I10: %s and %s are two', (left, right) => {
    expect(toNameSkeleton(left)).not.toBe(toNameSkeleton(right));
  });
});
