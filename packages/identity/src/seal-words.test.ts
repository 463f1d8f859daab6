import { toBase32 } from '@enxame/shared/content/base32';
import { trackerIdSchema } from '@enxame/shared/ids';
import { describe, expect, it } from 'vitest';
import { toSealWords } from './seal-words.js';

const trackerId = (byte: number) => trackerIdSchema.parse(toBase32(Buffer.alloc(32, byte)));

describe('seal words', () => {
  it('I7: are three words and a number, the same on every computer and in every version', async () => {
    expect(await toSealWords(trackerId(1))).toBe('siri-caule-furador-59');
    expect(await toSealWords(trackerId(2))).toMatch(/^[a-z]+-[a-z]+-[a-z]+-\d\d$/);
  });

  it('I7: differ for keys that differ', async () => {
    const seals = await Promise.all(Array.from({ length: 4 }, (_, byte) => toSealWords(trackerId(byte))));
    expect(new Set(seals).size).toBe(4);
  });
});
