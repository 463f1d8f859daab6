import { describe, expect, it } from 'vitest';
import { compareText, foldText, toSortKey } from './search-text.js';

describe('search text', () => {
  it.each([
    ['Relação', 'RELACAO'],
    ['straße', 'STRASSE'],
    ['Æon', 'æon'],
    ['ﬁle', 'File'],
    ['İstanbul', 'istanbul'],
  ])('T10: takes %s and %s for the same', (left, right) => {
    expect(foldText(left)).toBe(foldText(right));
  });

  it('T10: orders names as people do', () => {
    const names = ['file 10', 'File 9', 'file 009b', 'Élan', 'eland', 'Zebra', '10', '9'];
    const sorted = names.sort((left, right) => compareText(toSortKey(left), toSortKey(right)));
    expect(sorted).toEqual(['9', '10', 'Élan', 'eland', 'File 9', 'file 009b', 'file 10', 'Zebra']);
  });
});
