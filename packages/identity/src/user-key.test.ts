import { createPublicKey } from 'node:crypto';
import { languages } from '@enxame/shared/language';
import { describe, expect, it } from 'vitest';
import { toUserId } from './public-key.js';
import { createUserKey, fromRecoveryWords, toRecoveryWords, userSecretBytes } from './user-key.js';

const secret = Buffer.alloc(userSecretBytes, 7);

describe('the user key', () => {
  it('I5: follows from the secret alone, the same on every computer and in every version', () => {
    expect(toUserId(createPublicKey(createUserKey(secret)))).toBe(
      'olxkv6eznhist7wy4zfjaznehmikqn4cbeteej6fyaxiolcvfxhq',
    );
  });

  it.each(languages)('I5: is restored from 24 words (%s), however they are typed', (language) => {
    const words = toRecoveryWords(secret, language);
    expect(words.split(' ')).toHaveLength(24);
    expect(Buffer.from(fromRecoveryWords(`  ${words.toUpperCase().replaceAll(' ', '\n ')} `, language))).toEqual(
      secret,
    );
  });

  it('I5: is not restored from words with a mistake', () => {
    const words = toRecoveryWords(secret, 'en').split(' ');
    expect(() => fromRecoveryWords([...words.slice(1), words[0]].join(' '), 'en')).toThrow();
    expect(() => fromRecoveryWords(words.slice(0, 23).join(' '), 'en')).toThrow();
    expect(() => fromRecoveryWords(words.join(' '), 'pt-BR')).toThrow();
  });
});
