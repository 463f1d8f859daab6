import type { Language } from './language.js';

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** A size in words, as everywhere: powers of 1000, three digits. */
export function toByteWords(bytes: number, language: Language): string {
  let [value, unit] = [bytes, 0];
  for (; value >= 999.5 && unit < units.length - 1; unit++) value /= 1000;
  const digits = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }).format(value);
  return `${digits} ${units[unit] ?? ''}`;
}
