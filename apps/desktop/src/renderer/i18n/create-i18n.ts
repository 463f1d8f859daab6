import type { Language } from '@enxame/shared/language';
import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.js';
import { ptBr } from './pt-br.js';
import type { Words } from './words.js';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words';
    resources: { words: Words };
  }
}

/** One translator for one page. Changing the language later: `i18n.changeLanguage`. */
export function createI18n(language: Language): i18n {
  const i18n = createInstance();
  // Everything is bundled, so initialising is synchronous although it answers with a promise.
  void i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'words',
    ns: ['words'],
    resources: { en: { words: en }, 'pt-BR': { words: ptBr } },
    interpolation: { escapeValue: false }, // React escapes
    initAsync: false,
  });
  return i18n;
}
