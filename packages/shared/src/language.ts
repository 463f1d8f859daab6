import { z } from 'zod';

/** The languages that Enxame speaks. */
export const languages = ['en', 'pt-BR'] as const;
export const languageSchema = z.enum(languages);
export type Language = z.infer<typeof languageSchema>;

/** The language for a list of BCP 47 preferences, such as `navigator.languages` or `LANG` of the environment. */
export function pickLanguage(preferences: readonly string[]): Language {
  const first = preferences.find((tag) => /^(pt|en)(?![a-z])/i.test(tag));
  return first?.toLowerCase().startsWith('pt') ? 'pt-BR' : 'en';
}
