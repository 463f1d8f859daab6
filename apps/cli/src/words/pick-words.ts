import type { Language } from '@enxame/shared/language';
import type { Words } from './words.js';
import { wordsEn } from './words.en.js';
import { wordsPtBr } from './words.pt-br.js';

const catalogues: Readonly<Record<Language, Words>> = { en: wordsEn, 'pt-BR': wordsPtBr };

export function pickWords(language: Language): Words {
  return catalogues[language];
}
