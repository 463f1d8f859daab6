import { languages, type Language } from '@enxame/shared/language';
import { Button } from '@enxame/ui/parts/button';
import { Select } from '@enxame/ui/parts/field';
import { useLanguage } from '@enxame/ui/i18n/i18n-context';
import { useTheme } from '@enxame/ui/theme/use-theme';
import { Moon, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { keepLanguage } from './language.js';
import { useLook } from './look-context.js';
import styles from './look-buttons.module.css';

/** Each language by its own name: who needs it cannot read the other. */
const names: Readonly<Record<Language, string>> = { en: 'English', 'pt-BR': 'Português' };

/** Language and theme, kept by the browser. */
export function LookButtons() {
  const { t, i18n } = useTranslation();
  const look = useLook();
  const dark = useTheme() === 'dark';
  const label = dark ? t('common.toLight') : t('common.toDark');
  return (
    <div className={styles['look']}>
      <Select
        label={t('common.language')}
        value={useLanguage()}
        options={languages.map((language) => [language, names[language]] as const)}
        onChange={(language) => {
          keepLanguage(window, language);
          void i18n.changeLanguage(language);
        }}
      />
      <Button
        look="ghost"
        aria-label={label}
        title={label}
        onClick={() => {
          look.set(dark ? 'light' : 'dark');
        }}
      >
        {dark ? <Sun size={16} strokeWidth={1.75} aria-hidden /> : <Moon size={16} strokeWidth={1.75} aria-hidden />}
      </Button>
    </div>
  );
}
