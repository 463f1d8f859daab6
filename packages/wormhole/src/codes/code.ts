import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { Language } from '@enxame/shared/language';
import { completeWord, findWord, wordAt, wordsPerList } from './code-words.js';

/** What a person says aloud: a number that finds the other side, and a secret that proves them. */
export interface Code {
  /** The whole, in the one form that both sides hash: "7-abelha-vinho", "7-XKY9". */
  readonly text: string;
  readonly nameplate: string;
}

/** Two words are 22 bits: one guess in four million is right, and five guesses end the code. */
export const defaultCodeWords = 2;
/** Letters and digits that are not taken for one another when read or heard; 5 bits each. */
const compactAlphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const defaultCompactLength = 4;
const maxCodeChars = 200;
const compactForm = new RegExp(`^[${compactAlphabet}]{${String(defaultCompactLength)}}$`);

export type CodeForm = { readonly words: number; readonly language: Language } | { readonly compactLength: number };

/** `randomInt(n)`: evenly from 0 to n - 1, from the system's randomness. */
export function createCode(nameplate: string, form: CodeForm, randomInt: (below: number) => number): Code {
  const secret =
    'words' in form
      ? Array.from({ length: form.words }, () => wordAt(form.language, randomInt(wordsPerList))).join('-')
      : Array.from({ length: form.compactLength }, () => compactAlphabet[randomInt(compactAlphabet.length)]).join('');
  return { text: `${nameplate}-${secret}`, nameplate };
}

export const compactCodeForm: CodeForm = { compactLength: defaultCompactLength };

/**
 * Reads what somebody typed or pasted: case, accents, spaces and hyphens do not count, and four letters are enough of a
 * word. A secret that is not made of our words is somebody else's program's, and is taken letter by letter. Throws
 * `code-invalid`.
 */
export function parseCode(typed: string): Code {
  const invalid = new EnxameError('code-invalid', { code: typed.slice(0, 40) });
  if (typed.length > maxCodeChars) throw invalid;
  const parts = typed
    .normalize('NFC')
    .trim()
    .split(/[\s\-_.,–—]+/u)
    .filter((part) => part !== '');
  const [first = '', ...others] = parts;
  const joined = /^(\d{1,9})(\D.*)?$/u.exec(first);
  const nameplate = joined?.[1];
  if (nameplate === undefined) throw invalid;
  const secret = joined?.[2] === undefined ? others : [joined[2], ...others];
  if (secret.length === 0) throw invalid;
  return { nameplate, text: `${nameplate}-${canonicalSecret(secret)}` };
}

function canonicalSecret(parts: readonly string[]): string {
  const words = parts.map((part) => findWord(simplify(part)));
  if (words.every((word) => word !== undefined)) return words.join('-');
  // As long as ours are: longer ones are what people made up for another program, where case counts.
  const compact = parts.join('').toUpperCase();
  return compactForm.test(compact) ? compact : parts.join('-');
}

const simplify = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** What the typed beginning of a code may become: whole codes, the last word completed. Empty while there is no word. */
export function completeCode(typed: string, language: Language, limit = 8): string[] {
  const cut = /^(\s*\d{1,9}(?:[\s\-_.]+\p{L}+)*?[\s\-_.]+)(\p{L}+)$/u.exec(typed.normalize('NFC'));
  const [, before = '', last = ''] = cut ?? [];
  if (last === '') return [];
  const head = before
    .trim()
    .split(/[\s\-_.]+/u)
    .filter((part) => part !== '');
  return completeWord(simplify(last), language, limit).map((word) => [...head, word].join('-'));
}
