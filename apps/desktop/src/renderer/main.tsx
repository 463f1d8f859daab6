import './engine/zod-without-eval.js';
import { pickLanguage } from '@enxame/shared/language';
import { Tooltip } from 'radix-ui';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { createCodeSender } from './codes/code-sender.js';
import { followCodes } from './codes/follow-codes.js';
import { createSendOptions } from './codes/send-options.js';
import { tellCodes } from './codes/tell-codes.js';
import { systemClock } from './engine/clock.js';
import { findEngineWay } from './engine/connect.js';
import { createEngineLink } from './engine/engine-link.js';
import { createCodesStore } from './engine/codes-store.js';
import { createHostedStore } from './engine/hosted-store.js';
import { createLimitsStore } from './engine/limits-store.js';
import { createWatchedStore } from './engine/watched-store.js';
import { createPeopleStore } from './engine/people-store.js';
import { createSharesStore } from './engine/shares-store.js';
import { createStatusStore } from './engine/status-store.js';
import { createTransfersStore } from './engine/transfers-store.js';
import { createDoctorStore } from './engine/doctor-store.js';
import { createVerifyStore } from './engine/verify-store.js';
import { createCatalogue } from './files/catalogue-store.js';
import { byOwner, createListLayout } from './files/columns.js';
import { createFilesView } from './files/files-view.js';
import { createHistoryList } from './history/history-list.js';
import { createI18n } from './i18n/create-i18n.js';
import { createAnnouncer } from './shell/announcer.js';
import { AppProvider, type App } from './shell/app-context.js';
import { goTo } from './shell/route.js';
import { Shell } from './shell/shell.js';
import { createToastStore } from './shell/toast-store.js';
import { createStore } from 'zustand/vanilla';
import { createDownloader } from './preflight/downloader.js';
import { tellHere } from './preflight/tell-here.js';
import { createDesktopStore } from './settings/desktop-store.js';
import { createFileAdder } from './shares/file-adder.js';
import { createUpload } from './shares/upload.js';
import { WordsProvider } from '@enxame/ui/parts/words-provider';
import '@enxame/ui/theme/fonts.css';
import '@enxame/ui/theme/tokens.css';
import '@enxame/ui/theme/base.css';
import { createThemeSwitch } from '@enxame/ui/theme/theme';
import { followTransfers } from './transfers/follow-transfers.js';
import { createSpeedHistory } from './transfers/speed-history.js';
import { tellProgress } from './transfers/tell-progress.js';
import { createVisibilityMemory } from './visibility/visibility-memory.js';

/** A tooltip comes after a moment of rest. */
const tooltipMs = 500;

// The composition root: everything is made here, once, and handed down.
const way = findEngineWay(window);
const clock = systemClock;
const theme = createThemeSwitch(window);
const i18n = createI18n(pickLanguage(navigator.languages));
const link = createEngineLink({ source: way.source, clock });
const status = createStatusStore(link);
const transfers = createTransfersStore(link);
const speeds = createSpeedHistory();
const toasts = createToastStore(clock);
const announcer = createAnnouncer();
const codes = createCodesStore(link);
const upload = createUpload(way.token);

const listLayout = createListLayout(window.localStorage);

const app: App = {
  link,
  status,
  transfers,
  limits: createLimitsStore(link),
  verify: createVerifyStore(link),
  doctor: createDoctorStore(link),
  shares: createSharesStore(link),
  people: createPeopleStore(link, status),
  watched: createWatchedStore(link),
  files: createCatalogue({ link, status, watchId: 0 }),
  filesView: createFilesView(),
  listLayout,
  personFiles: createCatalogue({ link, status, watchId: 1 }),
  adder: createFileAdder({ link, upload }),
  visibilityMemory: createVisibilityMemory(window.localStorage),
  hosted: createHostedStore(link, status),
  codes,
  codeSender: createCodeSender({
    link,
    upload,
    options: createSendOptions(),
    onSent: ({ id }) => {
      goTo('send', id);
    },
  }),
  typedCode: createStore(() => ({ typed: '' })),
  history: createHistoryList({ link }),
  downloader: createDownloader({
    link,
    onHere: (preflight, transfer) => {
      tellHere(preflight, transfer, { i18n, toasts });
    },
  }),
  speeds,
  toasts,
  announcer,
  desktop: createDesktopStore(way.bridge),
  bridge: way.bridge,
};

if (listLayout.getState().grouped) app.files.setQuery(byOwner);

followTransfers({
  transfers,
  status,
  speeds,
  clock,
  onAnnouncement: (announcement) => {
    tellProgress(announcement, {
      i18n,
      announcer,
      toasts,
      onShow: () => {
        goTo('transfers');
      },
    });
  },
});
followCodes(codes, (news) => {
  tellCodes(news, { i18n, announcer, toasts });
});
status.subscribe(({ status: now }, { status: before }) => {
  if (!now) return;
  if (now.settings.theme !== before?.settings.theme) theme.set(now.settings.theme);
  const { language } = now.settings;
  const wanted = language === 'system' ? pickLanguage(navigator.languages) : language;
  if (i18n.language !== wanted) void i18n.changeLanguage(wanted);
});
const showLanguage = (language: string): void => {
  document.documentElement.lang = language;
};
i18n.on('languageChanged', showLanguage);
showLanguage(i18n.language);
way.onToken(() => {
  link.dial();
});

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root element');
createRoot(root).render(
  <StrictMode>
    <I18nextProvider i18n={i18n}>
      <WordsProvider>
        <AppProvider value={app}>
          <Tooltip.Provider delayDuration={tooltipMs}>
            <Shell />
          </Tooltip.Provider>
        </AppProvider>
      </WordsProvider>
    </I18nextProvider>
  </StrictMode>,
);
link.dial();
