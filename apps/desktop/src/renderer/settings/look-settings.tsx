import type { Settings } from '@enxame/shared/engine/status';
import { Monitor, Moon, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Select } from '@enxame/ui/parts/field';
import { Segmented } from '@enxame/ui/parts/segmented';
import styles from './settings.module.css';

interface Props {
  readonly settings: Settings;
  readonly onChange: (change: Partial<Settings>) => void;
}

/** Language and theme. */
export function LookSettings({ settings, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <div className={styles['pref']}>
        <label htmlFor="set-language">{t('settings.language')}</label>
        <Select
          id="set-language"
          label={t('settings.language')}
          value={settings.language}
          options={[
            ['system', t('settings.languageSystem')],
            ['en', 'English'],
            ['pt-BR', 'Português (Brasil)'],
          ]}
          onChange={(language) => {
            onChange({ language });
          }}
        />
      </div>
      <div className={styles['pref']}>
        <span>{t('settings.theme')}</span>
        <Segmented
          label={t('settings.theme')}
          value={settings.theme}
          options={[
            {
              value: 'system',
              text: t('settings.themeSystem'),
              icon: <Monitor size={14} strokeWidth={1.75} aria-hidden />,
            },
            {
              value: 'light',
              text: t('settings.themeLight'),
              icon: <Sun size={14} strokeWidth={1.75} aria-hidden />,
            },
            {
              value: 'dark',
              text: t('settings.themeDark'),
              icon: <Moon size={14} strokeWidth={1.75} aria-hidden />,
            },
          ]}
          onChange={(theme) => {
            onChange({ theme });
          }}
        />
      </div>
    </>
  );
}
