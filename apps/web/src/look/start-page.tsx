import type { Language } from '@enxame/shared/language';
import { createTranslator } from '@enxame/ui/i18n/create-translator';
import '@enxame/ui/theme/fonts.css';
import '@enxame/ui/theme/tokens.css';
import '@enxame/ui/theme/base.css';
import { createThemeSwitch } from '@enxame/ui/theme/theme';
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { WordsProvider } from '@enxame/ui/parts/words-provider';
import type { Words } from '../i18n/words.js';
import { readLanguage } from './language.js';
import { LookProvider } from './look-context.js';
import './page.css';

/** What every page says. */
type PageWords = Pick<Words, 'common' | 'presence'>;

/** Puts a page on the screen, in its language and theme. */
export function startPage(words: Readonly<Record<Language, PageWords>>, children: ReactNode): void {
  const theme = createThemeSwitch(window);
  const i18n = createTranslator(readLanguage(window), words);
  const showLanguage = (language: string): void => {
    document.documentElement.lang = language;
  };
  i18n.on('languageChanged', showLanguage);
  showLanguage(i18n.language);
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has no root element');
  createRoot(root).render(
    <StrictMode>
      <I18nextProvider i18n={i18n}>
        <WordsProvider>
          <LookProvider value={theme}>{children}</LookProvider>
        </WordsProvider>
      </I18nextProvider>
    </StrictMode>,
  );
}
