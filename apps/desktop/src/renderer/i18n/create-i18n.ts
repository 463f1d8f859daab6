import type { Language } from '@enxame/shared/language';
import { createTranslator } from '@enxame/ui/i18n/create-translator';
import type { i18n } from 'i18next';
import { en } from './en.js';
import { ptBr } from './pt-br.js';
import type { Words } from './words.js';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words';
    resources: { words: Words };
  }
}

/** The translator of the app. */
export function createI18n(language: Language): i18n {
  return createTranslator(language, { en, 'pt-BR': ptBr });
}
