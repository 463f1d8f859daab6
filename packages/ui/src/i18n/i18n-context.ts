import type { ErrorInfo } from '@enxame/shared/errors/enxame-error';
import { toErrorInfo } from '@enxame/shared/errors/enxame-error';
import { describeError } from '@enxame/shared/errors/describe-error';
import type { Language } from '@enxame/shared/language';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createFormat, type Format } from './format.js';

const formats: Readonly<Record<Language, Format>> = { en: createFormat('en'), 'pt-BR': createFormat('pt-BR') };

/** The language that is shown now. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === 'pt-BR' ? 'pt-BR' : 'en';
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
