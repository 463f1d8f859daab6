import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase32 } from './content/base32.js';
import { contentIdSchema, entryIdSchema } from './ids.js';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

describe('ids', () => {
  it('I1: take every 32 bytes (contents, keys) and every 16 bytes (entries) in base32', () => {
    fc.assert(
      fc.property(bytes(32), bytes(16), (hash, random) => {
        expect(contentIdSchema.safeParse(toBase32(hash)).success).toBe(true);
        expect(entryIdSchema.safeParse(toBase32(random)).success).toBe(true);
      }),
      { seed: 1 },
    );
  });

  const id = toBase32(new Uint8Array(32));
  it.each([
    '',
    id.slice(1),
    `${id}a`,
    id.toUpperCase(),
    `${id.slice(1)}b`,
    `${id.slice(1)}1`,
    `${id}\n`,
    'é'.repeat(52),
  ])('I1: refuse %j', (text) => {
    expect(contentIdSchema.safeParse(text).success).toBe(false);
  });
});
