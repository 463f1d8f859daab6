import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { WordsContext, type Words } from '../i18n/i18n-context.js';

/** The words and the language of all that is inside, looked up once and not by each part that says something. */
export function WordsProvider({ children }: { readonly children: ReactNode }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'pt-BR' ? 'pt-BR' : 'en';
  const words = useMemo((): Words => ({ t: (key, params) => t(key, params ?? {}), language }), [t, language]);
  return <WordsContext.Provider value={words}>{children}</WordsContext.Provider>;
}
