import { toByteWords } from '../byte-words.js';
import type { Language } from '../language.js';
import type { ErrorInfo, ErrorParams } from './enxame-error.js';
import { errorWordsEn } from './error-words.en.js';
import { errorWordsPtBr } from './error-words.pt-br.js';
import type { ErrorWords } from './error-words.js';

const words: Readonly<Record<Language, ErrorWords>> = { en: errorWordsEn, 'pt-BR': errorWordsPtBr };

/** The two sentences of an error in one language. A parameter that is missing reads "?". */
export function describeError(error: ErrorInfo, language: Language): { what: string; todo: string } {
  const { what, detail, todo } = words[language][error.code];
  const params = error.params ?? {};
  const say = (sentence: string): string => fill(sentence, params, language);
  const isDetailed = detail !== undefined && placeholders(detail).every((key) => Object.hasOwn(params, key));
  return { what: isDetailed ? `${say(what)} ${say(detail)}` : say(what), todo: say(todo) };
}

const placeholder = /\{(\w+)(:bytes)?\}/g;

const placeholders = (sentence: string): string[] => [...sentence.matchAll(placeholder)].map(([, key = '']) => key);

function fill(sentence: string, params: ErrorParams, language: Language): string {
  return sentence.replaceAll(placeholder, (_, key: string, bytes?: string) => {
    const value = Object.hasOwn(params, key) ? params[key] : '?';
    return bytes !== undefined && typeof value === 'number' ? toByteWords(value, language) : String(value);
  });
}
