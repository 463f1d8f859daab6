import type { Settings } from '@enxame/shared/engine/status';
import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { useNow } from '@enxame/ui/hooks/use-now';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import type { UpdateStatus } from '../../bridge/update-status.js';
import { Switch } from '../parts/switch.js';
import { useApp, useStatus } from '../shell/app-context.js';
import styles from './settings.module.css';

interface Props {
  readonly settings: Settings;
  readonly onChange: (change: Partial<Settings>) => void;
}

/** Whether newer versions are looked for, where one is now, and the way to have it. Said plainly where there is no way. */
export function UpdateSetting({ settings, onChange }: Props) {
  const { t } = useTranslation();
  const { bridge, desktop } = useApp();
  const { version } = useStatus();
  const update = useStore(desktop, ({ state }) => state?.update ?? null);
  const [error, setError] = useState<unknown>(null);
  const word = useUpdateWord();
  if (!bridge || !update) return null;
  const run = (work: Promise<void>): void => {
    setError(null);
    work.catch(setError);
  };
  const isBusy = update.state === 'checking' || update.state === 'fetching';
  return (
    <>
      {update.state !== 'unavailable' && (
        <Switch
          label={t('settings.automaticUpdates')}
          hint={t('settings.automaticUpdatesHow')}
          on={settings.automaticUpdates ?? false}
          onChange={(automaticUpdates) => {
            onChange({ automaticUpdates });
          }}
        />
      )}
      <div className={styles['pref']}>
        <div>
          <span>{t('settings.version', { version })}</span>
          <p role="status">{word(update)}</p>
        </div>
        {update.state === 'ready' ? (
          <Button
            look="ink"
            onClick={() => {
              run(bridge.installUpdate());
            }}
          >
            {t('settings.updateInstall', { version: update.version })}
          </Button>
        ) : (
          update.state !== 'unavailable' && (
            <Button
              busy={isBusy}
              icon={<RefreshCw size={16} strokeWidth={1.75} aria-hidden />}
              onClick={() => {
                run(bridge.checkForUpdate());
              }}
            >
              {t('settings.updateCheck')}
            </Button>
          )
        )}
      </div>
      {update.state === 'failed' && <ErrorCallout error={update.error} />}
      {error !== null && <ErrorCallout error={error} />}
    </>
  );
}

function useUpdateWord(): (update: UpdateStatus) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(30_000);
  return (update) => {
    switch (update.state) {
      case 'unavailable':
        return t('settings.updateNone');
      case 'current':
        return update.checkedAt === null
          ? t('settings.updateNotYet')
          : t('settings.updateCurrent', { when: format.ago(update.checkedAt, now) });
      case 'checking':
        return t('settings.updateChecking');
      case 'fetching':
        return t('settings.updateFetching', {
          version: update.version,
          percent: format.percent(update.percent, 100),
        });
      case 'ready':
        return t('settings.updateReady', { version: update.version });
      case 'failed':
        return t('settings.updateFailed');
    }
  };
}
