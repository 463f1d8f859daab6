import type { Settings } from '@enxame/shared/engine/status';
import { FolderOpen, Keyboard, Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FolderPicker } from '../folders/folder-picker.js';
import { Avatar } from '../parts/avatar.js';
import { Button } from '../parts/button.js';
import { ErrorCallout } from '../parts/callout.js';
import { classNames } from '../parts/class-names.js';
import field from '../parts/field.module.css';
import { Select } from '../parts/field.js';
import { Segmented } from '../parts/segmented.js';
import text from '../parts/text.module.css';
import { useApp, useStatus } from '../shell/app-context.js';
import { PageHead } from '../shell/page-head.js';
import shell from '../shell/shell.module.css';
import { showShortcuts } from '../shell/shortcut-events.js';
import styles from './settings.module.css';

/** As the contract has it: longer is refused. */
const maxDeviceNameChars = 80;

export function SettingsPage() {
  const { t } = useTranslation();
  const { link } = useApp();
  const status = useStatus();
  const [error, setError] = useState<unknown>(null);
  const save = (change: Partial<Settings>): void => {
    link.call('settings:set', change).then(
      () => {
        setError(null);
      },
      (failure: unknown) => {
        setError(failure);
      },
    );
  };
  const { settings, user, tracker } = status;
  return (
    <>
      <PageHead title={t('nav.settings')}>
        <span className={classNames(shell['end'], text['meta'])}>{t('settings.savedAtOnce')}</span>
      </PageHead>
      <div className={shell['body']} tabIndex={0} role="region" aria-label={t('nav.settings')}>
        <div className={styles['body']}>
          <section aria-labelledby="set-folders">
            <h2 id="set-folders">{t('settings.folders')}</h2>
            <FolderSetting folder={settings.downloadsFolder} onChange={save} />
            {error !== null && (
              <div className={styles['error']}>
                <ErrorCallout error={error} />
              </div>
            )}
          </section>
          <section aria-labelledby="set-looks">
            <h2 id="set-looks">{t('settings.languageTheme')}</h2>
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
                  save({ language });
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
                  save({ theme });
                }}
              />
            </div>
          </section>
          <section aria-labelledby="set-identity">
            <h2 id="set-identity">{t('settings.identity')}</h2>
            <div className={styles['pref']}>
              <div className={styles['who']}>
                <Avatar name={user?.name ?? ''} size="large" />
                <div>
                  <strong dir="auto">{user?.name}</strong>
                  <p dir="auto">{t('settings.userIn', { network: tracker?.name ?? '' })}</p>
                </div>
              </div>
            </div>
            <DeviceName key={settings.deviceName} name={settings.deviceName} onChange={save} />
          </section>
          <section aria-labelledby="set-keys" className={shell['hideNarrow']}>
            <h2 id="set-keys">{t('settings.shortcuts')}</h2>
            <div className={styles['pref']}>
              <span>{t('shortcuts.title')}</span>
              <Button icon={<Keyboard size={16} strokeWidth={1.75} aria-hidden />} onClick={showShortcuts}>
                {t('settings.shortcutsShow')}
              </Button>
            </div>
          </section>
        </div>
      </div>
    </>
  );
}

function FolderSetting({ folder, onChange }: { folder: string; onChange: (change: Partial<Settings>) => void }) {
  const { t } = useTranslation();
  const { change, picker } = useFolderChoice(folder, (downloadsFolder) => {
    onChange({ downloadsFolder });
  });
  return (
    <div className={styles['pref']}>
      <div>
        <span>{t('settings.downloads')}</span>
        <p className={text['mono']}>{folder}</p>
      </div>
      <Button icon={<FolderOpen size={16} strokeWidth={1.75} aria-hidden />} onClick={change}>
        {t('common.change')}
      </Button>
      {picker}
    </div>
  );
}

/** Choosing a folder: by the system's picker in a window, by the engine's in a browser. */
export function useFolderChoice(folder: string, onChoose: (folder: string) => void) {
  const { bridge } = useApp();
  const [picking, setPicking] = useState(false);
  const change = (): void => {
    if (!bridge) setPicking(true);
    else
      void bridge.pickFolder(folder).then((chosen) => {
        if (chosen !== null) onChoose(chosen);
      });
  };
  const picker = picking && (
    <FolderPicker
      kind="folder"
      start={folder}
      onClose={() => {
        setPicking(false);
      }}
      onChoose={([chosen]) => {
        setPicking(false);
        if (chosen !== undefined) onChoose(chosen);
      }}
    />
  );
  return { change, picker };
}

interface DeviceNameProps {
  readonly name: string;
  readonly onChange: (change: Partial<Settings>) => void;
}

/** Saved when the field is left, or by Enter; Esc takes it back. */
function DeviceName({ name, onChange }: DeviceNameProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(name);
  const save = (): void => {
    const deviceName = typed.trim();
    if (deviceName === '') setTyped(name);
    else if (deviceName !== name) onChange({ deviceName });
  };
  return (
    <form
      className={styles['pref']}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div>
        <label htmlFor="set-device">{t('settings.deviceName')}</label>
        <p id="set-device-how">{t('settings.deviceNameHow')}</p>
      </div>
      <span className={classNames(field['input'], styles['name'])}>
        <input
          id="set-device"
          aria-describedby="set-device-how"
          value={typed}
          maxLength={maxDeviceNameChars}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setTyped(event.target.value);
          }}
          onBlur={save}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setTyped(name);
          }}
        />
      </span>
    </form>
  );
}
