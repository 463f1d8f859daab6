import type { CodeSender } from '../codes/code-sender.js';
import type { HostedState } from '../engine/hosted-store.js';
import type { CodesState } from '../engine/codes-store.js';
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { EngineStatus } from '@enxame/shared/engine/status';
import type { DesktopBridge } from '../../bridge/desktop-bridge.js';
import type { DoctorState } from '../engine/doctor-store.js';
import type { DesktopStore } from '../settings/desktop-store.js';
import type { EngineLink } from '../engine/engine-link.js';
import type { LimitsState } from '../engine/limits-store.js';
import type { PeopleState } from '../engine/people-store.js';
import type { SharesState } from '../engine/shares-store.js';
import type { StatusState } from '../engine/status-store.js';
import type { TransfersState } from '../engine/transfers-store.js';
import type { WatchedState } from '../engine/watched-store.js';
import type { VerifyState } from '../engine/verify-store.js';
import type { Catalogue } from '../files/catalogue-store.js';
import type { ListLayout } from '../files/columns.js';
import type { FilesViewState } from '../files/files-view.js';
import type { HistoryList } from '../history/history-list.js';
import type { Downloader } from '../preflight/downloader.js';
import type { FileAdder } from '../shares/file-adder.js';
import type { SpeedHistory } from '../transfers/speed-history.js';
import type { VisibilityMemory } from '../visibility/visibility-memory.js';
import type { AnnouncerState } from './announcer.js';
import type { ToastState } from './toast-store.js';

/** What `main.tsx` puts together once and every screen may use. */
export interface App {
  readonly link: EngineLink;
  readonly status: StoreApi<StatusState>;
  readonly transfers: StoreApi<TransfersState>;
  readonly limits: StoreApi<LimitsState>;
  readonly verify: StoreApi<VerifyState>;
  readonly doctor: StoreApi<DoctorState>;
  readonly shares: StoreApi<SharesState>;
  readonly people: StoreApi<PeopleState>;
  readonly watched: StoreApi<WatchedState>;
  /** The list of the Files page. */
  readonly files: Catalogue;
  readonly filesView: StoreApi<FilesViewState>;
  /** How the list of the Files page looks. */
  readonly listLayout: StoreApi<ListLayout>;
  /** The list of one person's files. */
  readonly personFiles: Catalogue;
  readonly hosted: StoreApi<HostedState>;
  readonly codes: StoreApi<CodesState>;
  readonly codeSender: CodeSender;
  /** What stands in the field where a code is received: kept when the page is left. */
  readonly typedCode: StoreApi<{ readonly typed: string }>;
  readonly adder: FileAdder;
  readonly visibilityMemory: StoreApi<VisibilityMemory>;
  readonly history: HistoryList;
  readonly downloader: Downloader;
  readonly speeds: SpeedHistory;
  readonly toasts: StoreApi<ToastState>;
  readonly announcer: StoreApi<AnnouncerState>;
  readonly desktop: StoreApi<DesktopStore>;
  /** Undefined in a browser. */
  readonly bridge: DesktopBridge | undefined;
}

const AppContext = createContext<App | null>(null);
export const AppProvider = AppContext.Provider;

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('a screen is used outside of the app');
  return app;
}

/** The last status known. Screens inside the shell are only shown when there is one. */
export function useStatus(): EngineStatus {
  const status = useStore(useApp().status, (state) => state.status);
  if (!status) throw new Error('a screen that needs the status is shown without one');
  return status;
}
