import type { Language } from '@enxame/shared/language';
import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { PartWords } from './word-shapes.js';

/** One translator for one page, which has its words with it. Changing the language later: `i18n.changeLanguage`. */
export function createTranslator(language: Language, words: Readonly<Record<Language, PartWords>>): i18n {
  const i18n = createInstance();
  // Everything is bundled, so initialising is synchronous although it answers with a promise.
  void i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'words',
    ns: ['words'],
    resources: { en: { words: words.en }, 'pt-BR': { words: words['pt-BR'] } },
    interpolation: { escapeValue: false }, // React escapes
    initAsync: false,
  });
  return i18n;
}
