import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { ConnectionPage } from '../connection/connection-page.js';
import { FilesPage } from '../files/files-page.js';
import { HistoryPage } from '../history/history-page.js';
import { SendPage } from '../codes/send-page.js';
import { useCodePaste } from '../codes/use-code-paste.js';
import { Onboarding } from '../onboarding/onboarding.js';
import { Button } from '@enxame/ui/parts/button';
import { Mark } from '@enxame/ui/parts/mark';
import { PeoplePage } from '../people/people-page.js';
import { Preflights } from '../preflight/preflight-dialog.js';
import { SettingsPage } from '../settings/settings-page.js';
import { AddFiles } from '../shares/add-files.js';
import { TransfersPage } from '../transfers/transfers-page.js';
import { useApp } from './app-context.js';
import { Banners } from './banners.js';
import { useRoute, type Page } from './route.js';
import { ShellMessages } from './shell-messages.js';
import styles from './shell.module.css';
import { Shortcuts } from './shortcuts.js';
import { Sidebar, TabBar } from './sidebar.js';
import { Toaster } from './toaster.js';

const screens: Readonly<Record<Page, () => ReactNode>> = {
  files: FilesPage,
  transfers: TransfersPage,
  send: SendPage,
  people: PeoplePage,
  connection: ConnectionPage,
  settings: SettingsPage,
  history: HistoryPage,
};

/** The first answer is normally there within a few frames; a word about waiting before that would only flash. */
const waitBeforeSayingMs = 400;

/** What the window shows: the start, the first run, or the app. */
export function Shell() {
  const { status } = useApp();
  const known = useStore(status, (state) => state.status);
  if (!known) return <Starting />;
  if (!known.user || !known.tracker) return <FirstRun />;
  return <Main />;
}

function FirstRun() {
  const phase = useStore(useApp().link.state, (state) => state.phase);
  return (
    <>
      {phase !== 'open' && <Banners />}
      <Onboarding />
      <Toaster />
    </>
  );
}

function Main() {
  const { t } = useTranslation();
  const { page } = useRoute();
  useCodePaste();
  const Screen = screens[page];
  return (
    <AddFiles>
      <a
        className={styles['skip']}
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.querySelector<HTMLElement>('main [tabindex="0"], main')?.focus();
        }}
      >
        {t('app.skip')}
      </a>
      <div className={styles['app']}>
        <Sidebar />
        <main id="main" className={styles['main']} tabIndex={-1}>
          <Banners />
          <div className={styles['page']}>
            <Screen />
          </div>
        </main>
        <TabBar />
      </div>
      <Preflights />
      <Shortcuts />
      <ShellMessages />
      <Toaster />
    </AddFiles>
  );
}

/** Before the engine has answered for the first time. */
function Starting() {
  const { t } = useTranslation();
  const { link } = useApp();
  const phase = useStore(link.state, (state) => state.phase);
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSlow(true);
    }, waitBeforeSayingMs);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  if (!slow) return null;
  return (
    <main className={styles['center']}>
      <Mark size={40} />
      <h1>{phase === 'closed' ? t('link.neverTitle') : t('link.connectingTitle')}</h1>
      {phase === 'closed' && (
        <>
          <p role="alert">{t('link.neverHow')}</p>
          <Button onClick={link.dial}>{t('common.tryNow')}</Button>
        </>
      )}
    </main>
  );
}
