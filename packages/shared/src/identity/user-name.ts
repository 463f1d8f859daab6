import { EnxameError } from '../errors/enxame-error.js';

/** Characters, as a person counts them (code points). */
export const maxUserNameChars = 40;

const allowed = /^[\p{L}\p{M}\p{N} .'’·_-]+$/u;
const scripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];

/** Letters of other alphabets that a Latin reader takes for the Latin one, after case folding. */
const confusables = new Map(
  Object.entries({
    а: 'a', в: 'b', е: 'e', ё: 'e', к: 'k', м: 'm', н: 'h', о: 'o', р: 'p', с: 'c', т: 't', у: 'y', х: 'x', і: 'i',
    ї: 'i', ј: 'j', ѕ: 's', ԁ: 'd', һ: 'h', ԛ: 'q', ԝ: 'w', ь: 'b', α: 'a', β: 'b', γ: 'y', ε: 'e', η: 'n', ι: 'i',
    κ: 'k', μ: 'u', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x', ω: 'w', ı: 'i', '0': 'o', '1': 'l', '5': 's', i: 'l', j: 'l',
  }),
); // prettier-ignore

/**
 * The name as it is stored and shown: NFKC, single spaces, no space around it. Any script may be used, right-to-left
 * ones too; controls, which change how the text around a name reads, may not.
 * Throws `name-empty`, `name-too-long`, `name-characters`, `name-mixed-scripts`.
 */
export function parseUserName(text: string): string {
  if (/\p{Cc}/u.test(text.trim())) throw new EnxameError('name-characters');
  const name = text.toWellFormed().normalize('NFKC').replace(/\s+/gu, ' ').trim();
  if (name === '') throw new EnxameError('name-empty');
  if ([...name].length > maxUserNameChars) throw new EnxameError('name-too-long', { max: maxUserNameChars });
  if (!allowed.test(name) || !/[\p{L}\p{N}]/u.test(name) || /\p{M}{4,}/u.test(name.normalize('NFD'))) {
    throw new EnxameError('name-characters');
  }
  if (scripts.filter((script) => script.test(name)).length > 1) throw new EnxameError('name-mixed-scripts');
  return name;
}

/** Two names with the same key are the same name. */
export function toNameKey(name: string): string {
  // Upper and back: the nearest to Unicode case folding that the language has ("ß" and "ss", "ı" and "i").
  return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

/** Two names with the same skeleton can be mistaken for each other: accents, separators and look-alike letters go. */
export function toNameSkeleton(name: string): string {
  const bare = toNameKey(name)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[ .'’·_-]/gu, '');
  return [...bare]
    .map((letter) => confusables.get(letter) ?? letter)
    .join('')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w');
}
