import { describe, expect, it } from 'vitest';
import { fromBase32, toBase32 } from './base32.js';

describe('toBase32', () => {
  // RFC 4648, section 10, without padding and in lower case.
  it.each([
    ['', ''],
    ['f', 'my'],
    ['fo', 'mzxq'],
    ['foo', 'mzxw6'],
    ['foob', 'mzxw6yq'],
    ['fooba', 'mzxw6ytb'],
    ['foobar', 'mzxw6ytboi'],
  ])('encodes %j', (text, encoded) => {
    expect(toBase32(Uint8Array.from(text, (letter) => letter.charCodeAt(0)))).toBe(encoded);
  });

  it.each([0, 1, 5, 16, 32])('comes back from fromBase32 (%i bytes)', (length) => {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + 200) & 0xff);
    expect(fromBase32(toBase32(bytes))).toEqual(bytes);
  });
});
