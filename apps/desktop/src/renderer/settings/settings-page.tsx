import type { Settings } from '@enxame/shared/engine/status';
import {
  Bell,
  FileCheck,
  Fingerprint,
  FolderOpen,
  Gauge,
  Keyboard,
  Languages,
  Network,
  Power,
  type LucideIcon,
} from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { LimitsSettings } from '../limits/limits-settings.js';
import { Avatar } from '@enxame/ui/parts/avatar';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { classNames } from '@enxame/ui/class-names';
import text from '@enxame/ui/parts/text.module.css';
import { useApp, useStatus } from '../shell/app-context.js';
import { PageHead } from '../shell/page-head.js';
import { toHash, useRoute } from '../shell/route.js';
import shell from '../shell/shell.module.css';
import { showShortcuts } from '../shell/shortcut-events.js';
import { VerifySettings } from '../verify/verify-settings.js';
import { WatchedSettings } from '../watched/watched-settings.js';
import { NoticeSettings, StartSettings } from './desktop-settings.js';
import { DeviceName } from './device-name.js';
import { FolderSetting } from './folder-setting.js';
import { DeviceSetting } from '../identity/device-setting.js';
import { WordsSetting } from '../identity/words-setting.js';
import { LookSettings } from './look-settings.js';
import { NetworkSettings } from './network-settings.js';
import styles from './settings.module.css';

const sections = [
  ['folders', FolderOpen],
  ['limits', Gauge],
  ['looks', Languages],
  ['identity', Fingerprint],
  ['network', Network],
  ['start', Power],
  ['notices', Bell],
  ['check', FileCheck],
  ['keys', Keyboard],
] as const;
type Section = (typeof sections)[number][0];

export function SettingsPage() {
  const { t } = useTranslation();
  const { link, limits, bridge } = useApp();
  const { settings, user, tracker } = useStatus();
  const [error, setError] = useState<unknown>(null);
  const body = useRef<HTMLDivElement>(null);
  const { id } = useRoute();
  const titles: Readonly<Record<Section, string>> = {
    folders: t('settings.folders'),
    limits: t('limits.title'),
    looks: t('settings.languageTheme'),
    identity: t('settings.identity'),
    network: t('settings.network'),
    start: t('settings.start'),
    notices: t('settings.notices'),
    check: t('verify.title'),
    keys: t('settings.shortcuts'),
  };
  // Only a window starts with the computer, closes to a tray, and tells things outside of itself.
  const shown = sections.filter(([section]) => bridge !== undefined || (section !== 'start' && section !== 'notices'));
  // What comes later pushes the sections below it down.
  const complete = useStore(limits, ({ status }) => status !== null);
  // The address names a section: a link from elsewhere leads to its place.
  useEffect(() => {
    if (id === null) return;
    body.current?.querySelector(`#set-${CSS.escape(id)}`)?.scrollIntoView();
  }, [id, complete]);
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
  return (
    <>
      <PageHead title={t('nav.settings')}>
        <span className={classNames(shell['end'], text['meta'])}>{t('settings.savedAtOnce')}</span>
      </PageHead>
      <div className={styles['page']}>
        <nav className={styles['nav']} aria-label={t('settings.sections')}>
          {shown.map(([section, Icon]) => (
            <SectionLink
              key={section}
              section={section}
              Icon={Icon}
              current={section === id}
              text={section === 'limits' ? t('limits.short') : titles[section]}
            />
          ))}
        </nav>
        <div
          ref={body}
          className={classNames(shell['body'], styles['scroll'])}
          tabIndex={0}
          role="region"
          aria-label={t('nav.settings')}
        >
          <div className={styles['body']}>
            <SettingsSection section="folders" title={titles.folders}>
              <FolderSetting folder={settings.downloadsFolder} onChange={save} />
              <WatchedSettings />
              {error !== null && (
                <div className={styles['error']}>
                  <ErrorCallout error={error} />
                </div>
              )}
            </SettingsSection>
            <SettingsSection section="limits" title={titles.limits}>
              <LimitsSettings />
            </SettingsSection>
            <SettingsSection section="looks" title={titles.looks}>
              <LookSettings settings={settings} onChange={save} />
            </SettingsSection>
            <SettingsSection section="identity" title={titles.identity}>
              <div className={styles['pref']}>
                <div className={styles['who']}>
                  <Avatar name={user?.name ?? ''} size="large" />
                  <div>
                    <strong dir="auto">{user?.name}</strong>
                    <p dir="auto">{t('settings.userIn', { network: tracker?.name ?? '' })}</p>
                  </div>
                </div>
              </div>
              <DeviceName name={settings.deviceName} onChange={save} />
              <WordsSetting savedAt={settings.wordsSavedAt} />
              <DeviceSetting />
            </SettingsSection>
            <SettingsSection section="network" title={titles.network}>
              <NetworkSettings settings={settings} onChange={save} />
            </SettingsSection>
            {bridge && (
              <>
                <SettingsSection section="start" title={titles.start}>
                  <StartSettings settings={settings} onChange={save} />
                </SettingsSection>
                <SettingsSection section="notices" title={titles.notices}>
                  <NoticeSettings settings={settings} onChange={save} />
                </SettingsSection>
              </>
            )}
            <SettingsSection section="check" title={titles.check}>
              <VerifySettings />
            </SettingsSection>
            <SettingsSection section="keys" title={titles.keys}>
              <div className={styles['pref']}>
                <span>{t('shortcuts.title')}</span>
                <Button icon={<Keyboard size={16} strokeWidth={1.75} aria-hidden />} onClick={showShortcuts}>
                  {t('settings.shortcutsShow')}
                </Button>
              </div>
            </SettingsSection>
          </div>
        </div>
      </div>
    </>
  );
}

interface LinkProps {
  readonly section: Section;
  readonly Icon: LucideIcon;
  readonly current: boolean;
  readonly text: string;
}

function SectionLink({ section, Icon, current, text: title }: LinkProps) {
  return (
    <a
      href={toHash('settings', section)}
      aria-current={current ? 'true' : undefined}
      onClick={() => {
        // Its address may be the one of now: then nothing changes, but the place is wanted again.
        document.querySelector(`#set-${section}`)?.scrollIntoView();
      }}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <span>{title}</span>
    </a>
  );
}

function SettingsSection({ section, title, children }: { section: Section; title: string; children: ReactNode }) {
  return (
    <section
      id={`set-${section}`}
      aria-labelledby={`set-${section}-title`}
      className={section === 'keys' ? shell['hideNarrow'] : undefined}
    >
      <h2 id={`set-${section}-title`}>{title}</h2>
      {children}
    </section>
  );
}
