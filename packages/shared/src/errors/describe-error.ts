import type { Language } from '../language.js';
import type { ErrorInfo, ErrorParams } from './enxame-error.js';
import { errorWordsEn } from './error-words.en.js';
import { errorWordsPtBr } from './error-words.pt-br.js';
import type { ErrorWords } from './error-words.js';

const words: Readonly<Record<Language, ErrorWords>> = { en: errorWordsEn, 'pt-BR': errorWordsPtBr };

/** The two sentences of an error in one language. A parameter that is missing reads "?". */
export function describeError(error: ErrorInfo, language: Language): { what: string; todo: string } {
  const { what, todo } = words[language][error.code];
  return { what: fill(what, error.params), todo: fill(todo, error.params) };
}

function fill(sentence: string, params: ErrorParams = {}): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_, key: string) => String(Object.hasOwn(params, key) ? params[key] : '?'));
}
