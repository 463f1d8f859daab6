import { describe, expect, it } from 'vitest';
import { toBase32 } from './base32.js';

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
});
