import type { Language } from '@enxame/shared/language';
import { shellWordsEn } from './shell-words.en.js';
import type { ShellWords } from './shell-words.js';
import { shellWordsPtBr } from './shell-words.pt-br.js';

const words: Readonly<Record<Language, ShellWords>> = { en: shellWordsEn, 'pt-BR': shellWordsPtBr };

export function shellWords(language: Language): ShellWords {
  return words[language];
}
