import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { WordsContext, type Translate, type Words } from '../i18n/i18n-context.js';
import { rememberWords } from '../i18n/remember-words.js';

/** The words and the language of all that is inside, looked up once and not by each part that says something. */
export function WordsProvider({ children }: { readonly children: ReactNode }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'pt-BR' ? 'pt-BR' : 'en';
  const words = useMemo((): Words => {
    const say: Translate = (key, params) => t(key, params ?? {});
    return { t: rememberWords(say), language };
  }, [t, language]);
  return <WordsContext.Provider value={words}>{children}</WordsContext.Provider>;
}
