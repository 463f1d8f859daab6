import { createPrivateKey, hkdfSync, type KeyObject } from 'node:crypto';
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist as english } from '@scure/bip39/wordlists/english.js';
import { wordlist as portuguese } from '@scure/bip39/wordlists/portuguese.js';
import type { Language } from '@enxame/shared/language';

/** 24 recovery words. */
export const userSecretBytes = 32;

const wordlists: Readonly<Record<Language, string[]>> = { en: english, 'pt-BR': portuguese };
/** RFC 8410: what stands before the 32 bytes of an Ed25519 key in PKCS #8. */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The user key (Ed25519) of a secret. The secret is what the recovery words say, in any language. */
export function createUserKey(secret: Uint8Array): KeyObject {
  const seed = hkdfSync('sha256', secret, '', 'enxame user key v1', 32);
  return createPrivateKey({ key: Buffer.concat([pkcs8Prefix, Buffer.from(seed)]), format: 'der', type: 'pkcs8' });
}

export function toRecoveryWords(secret: Uint8Array, language: Language): string {
  return entropyToMnemonic(secret, wordlists[language]);
}

/** Throws when the words or their checksum are wrong. */
export function fromRecoveryWords(words: string, language: Language): Uint8Array {
  return mnemonicToEntropy(words.trim().toLowerCase().replace(/\s+/g, ' '), wordlists[language]);
}
