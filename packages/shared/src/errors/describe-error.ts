import type { Language } from '../language.js';
import type { ErrorInfo, ErrorParams } from './enxame-error.js';
import type { ErrorCode } from './error-codes.js';
import { errorWordsEn } from './error-words.en.js';
import { errorWordsPtBr } from './error-words.pt-br.js';

/** For each code: what happened and why, then what the person can do. `{name}` stands for a parameter. */
export type ErrorWords = Readonly<Record<ErrorCode, { readonly what: string; readonly todo: string }>>;

const words: Readonly<Record<Language, ErrorWords>> = { en: errorWordsEn, 'pt-BR': errorWordsPtBr };

/** The two sentences of an error in one language. A parameter that is missing reads "?". */
export function describeError(error: ErrorInfo, language: Language): { what: string; todo: string } {
  const { what, todo } = words[language][error.code];
  return { what: fill(what, error.params), todo: fill(todo, error.params) };
}

function fill(sentence: string, params: ErrorParams = {}): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_, key: string) => String(Object.hasOwn(params, key) ? params[key] : '?'));
}
