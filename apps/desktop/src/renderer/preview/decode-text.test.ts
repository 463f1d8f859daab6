import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text.js';

describe('text of unknown encoding', () => {
  it('is UTF-8, also when the last character is torn', () => {
    const bytes = new TextEncoder().encode('colmeia ção');
    expect(decodeText(bytes, false)).toBe('colmeia ção');
    expect(decodeText(bytes.subarray(0, -2), true)).toBe('colmeia ç');
  });

  it('is what its mark says', () => {
    expect(decodeText(Uint8Array.of(0xff, 0xfe, 0x61, 0, 0xe3, 0), false)).toBe('aã');
    expect(decodeText(Uint8Array.of(0xfe, 0xff, 0, 0x61, 0, 0xe3), false)).toBe('aã');
  });

  it('is Latin where it is no UTF-8', () => {
    expect(decodeText(Uint8Array.of(0x61, 0xe7, 0xe3, 0x6f), false)).toBe('ação');
  });
});
