import type { KnownTracker } from '@enxame/shared/engine/tracker-calls';
import type { Settings } from '@enxame/shared/engine/status';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import chip from '@enxame/ui/parts/chip.module.css';
import { useStore } from 'zustand';
import { Switch } from '../parts/switch.js';
import { useApp } from '../shell/app-context.js';
import { goTo } from '../shell/route.js';
import { PortSetting } from './port-setting.js';
import styles from './settings.module.css';

interface Props {
  readonly settings: Settings;
  readonly onChange: (change: Partial<Settings>) => void;
}

/** The networks that this computer has joined, the way in from outside, and where the engine listens. */
export function NetworkSettings({ settings, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <Networks />
      <PortSetting port={settings.listenPort} onChange={onChange} />
      <Switch
        label={t('settings.mapPort')}
        hint={t('settings.mapPortHow')}
        on={settings.mapPort ?? true}
        onChange={(mapPort) => {
          onChange({ mapPort });
        }}
      />
    </>
  );
}

function Networks() {
  const { t } = useTranslation();
  const { link, status } = useApp();
  const current = useStore(status, (state) => state.status?.tracker?.trackerId);
  const [known, setKnown] = useState<readonly KnownTracker[]>([]);
  const [error, setError] = useState<unknown>(null);
  const load = useCallback(() => {
    link.call('trackers:list', {}).then(({ trackers }) => {
      setKnown(trackers);
    }, setError);
  }, [link]);
  // Which one is in use changes the list; it may also be another engine's by then.
  useEffect(load, [load, current]);
  const run = (work: Promise<unknown>): void => {
    setError(null);
    work.then(load, setError);
  };
  return (
    <>
      {known.map((tracker) => (
        <div key={tracker.trackerId} className={styles['pref']}>
          <div>
            <span dir="auto">{tracker.name}</span>{' '}
            {tracker.inUse && <span className={chip['badge']}>{t('settings.inUse')}</span>}
            <p dir="auto">
              {tracker.url.replace(/^https:\/\//, '')}
              {tracker.registeredAs !== null && ` · ${t('onboarding.joinedAs', { name: tracker.registeredAs })}`}
            </p>
          </div>
          {!tracker.inUse && (
            <div className={styles['two']}>
              <Button
                aria-label={t('settings.useThis', { network: tracker.name })}
                onClick={() => {
                  run(link.call('tracker:use', { url: tracker.url }));
                }}
              >
                {t('settings.use')}
              </Button>
              <Button
                look="ghost"
                aria-label={t('settings.forgetThis', { network: tracker.name })}
                onClick={() => {
                  run(link.call('tracker:forget', { trackerId: tracker.trackerId }));
                }}
              >
                {t('settings.forget')}
              </Button>
            </div>
          )}
        </div>
      ))}
      {error !== null && <ErrorCallout error={error} />}
      <div className={styles['pref']}>
        <div>
          <span>{t('settings.anotherNetwork')}</span>
          <p>{t('settings.oneNetwork')}</p>
        </div>
        <Button
          onClick={() => {
            goTo('connection');
          }}
        >
          {t('settings.addNetwork')}
        </Button>
      </div>
    </>
  );
}
