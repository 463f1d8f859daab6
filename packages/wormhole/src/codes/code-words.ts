import { wordlist as english } from '@scure/bip39/wordlists/english.js';
import { wordlist as portuguese } from '@scure/bip39/wordlists/portuguese.js';
import type { Language } from '@enxame/shared/language';

/**
 * 2,048 words each: short, without accents, and told apart by their first four letters, which is what a bad telephone
 * line leaves of them. One word is 11 bits. No word is in both lists.
 */
const listOf: Readonly<Record<Language, readonly string[]>> = { en: english, 'pt-BR': portuguese };
export const wordsPerList = 2048;
/** With so many letters no other word of the list begins. */
const tellingLetters = 4;

/** Of both lists. */
export const codeWords: readonly string[] = [...english, ...portuguese];
const words = new Set(codeWords);
const byStart = new Map<string, string[]>();
for (const word of words) {
  const start = word.slice(0, tellingLetters);
  byStart.set(start, [...(byStart.get(start) ?? []), word]);
}

export const wordAt = (language: Language, index: number): string => {
  const word = listOf[language][index];
  if (word === undefined) throw new RangeError('no such word');
  return word;
};

/** The word that was meant: typed whole, or enough of it to be no other of either list. Undefined for none of ours. */
export function findWord(typed: string): string | undefined {
  if (words.has(typed)) return typed;
  const [word, another] = (byStart.get(typed.slice(0, tellingLetters)) ?? []).filter((some) => some.startsWith(typed));
  return another === undefined ? word : undefined;
}

/** Words that begin as what was typed, those of `language` first; for completion while typing. */
export function completeWord(typed: string, language: Language, limit: number): string[] {
  const others = (Object.keys(listOf) as Language[]).filter((other) => other !== language);
  return [language, ...others].flatMap((list) => listOf[list].filter((word) => word.startsWith(typed))).slice(0, limit);
}
