import type { ErrorInfo } from '@enxame/shared/errors/enxame-error';
import { toErrorInfo } from '@enxame/shared/errors/enxame-error';
import { describeError } from '@enxame/shared/errors/describe-error';
import type { Language } from '@enxame/shared/language';
import type { ParseKeys } from 'i18next';
import { createContext, useContext, useMemo } from 'react';
import { createFormat, type Format } from './format.js';

const formats: Readonly<Record<Language, Format>> = { en: createFormat('en'), 'pt-BR': createFormat('pt-BR') };

/** As `t` of i18next, in the one shape that is used: its own signatures exhaust the compiler where keys are many. */
export type Translate = (key: ParseKeys, params?: Record<string, unknown>) => string;

export interface Words {
  readonly t: Translate;
  readonly language: Language;
}

export const WordsContext = createContext<Words | null>(null);

/**
 * As `useTranslation`, which copies all of i18next each time that a part is mounted: for what a list has hundreds of, and
 * puts into the page while it is scrolled.
 */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('words are used outside of their provider');
  return words;
}

/** The language that is shown now. */
export function useLanguage(): Language {
  return useWords().language;
}

export function useFormat(): Format {
  return formats[useLanguage()];
}

/** The sentences of anything thrown, in the language that is shown now. */
export function useDescribeError(): (error: unknown) => { what: string; todo: string } {
  const language = useLanguage();
  return useMemo(() => (error) => describeError(asErrorInfo(error), language), [language]);
}

function asErrorInfo(error: unknown): ErrorInfo {
  return typeof error === 'object' && error !== null && !(error instanceof Error) && 'code' in error
    ? (error as ErrorInfo)
    : toErrorInfo(error);
}
