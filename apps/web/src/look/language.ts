import { languageSchema, pickLanguage, type Language } from '@enxame/shared/language';

const storageKey = 'enxame.language';

/** The language chosen on this page before, else the browser's. */
export function readLanguage(page: Window): Language {
  const chosen = languageSchema.safeParse(page.localStorage.getItem(storageKey));
  return chosen.success ? chosen.data : pickLanguage(page.navigator.languages);
}

export function keepLanguage(page: Window, language: Language): void {
  page.localStorage.setItem(storageKey, language);
}
