import type * as Electron from 'electron';
import { noticeKinds } from '@enxame/shared/engine/status';
import { pickLanguage, type Language } from '@enxame/shared/language';
import type { ShellMessage } from '../bridge/shell-messages.js';
import type { UpdateStatus } from '../bridge/update-status.js';
import type { Clock } from './clock.js';
import { activityOf } from './feed/activity.js';
import type { EngineFeed, FeedState } from './feed/engine-feed.js';
import { newsBetween, noticeKindOf } from './notifications/news.js';
import type { Notice, NoticeDeed } from './notifications/notice.js';
import { createNotifier } from './notifications/notifier.js';
import { createKeepAwake } from './power/keep-awake.js';
import { createTaskbar } from './taskbar/taskbar.js';
import { createTransferSwitch } from './transfer-switch.js';
import { trayIconPath } from './tray/tray-icon.js';
import type { TrayState } from './tray/tray-menu.js';
import { createTray } from './tray/tray.js';
import type { ShellMemory } from './window/shell-memory.js';
import type { WindowKeeper } from './window/window-keeper.js';
import { shellWords } from './words/pick-words.js';
import type { ShellWords } from './words/shell-words.js';

export type MannersElectron = Pick<
  typeof Electron,
  'app' | 'clipboard' | 'Menu' | 'nativeImage' | 'nativeTheme' | 'Notification' | 'powerSaveBlocker' | 'shell' | 'Tray'
>;

export interface DesktopManners {
  readonly language: Language;
  readonly words: ShellWords;
  /** Whether closing the window leaves the program in the tray. */
  readonly staysInTray: boolean;
  readonly transfers: { pauseAll(): void; resumeAll(): void };
  follow(now: FeedState, before: FeedState): void;
  /** The window was hidden: the first time, the person is told where the program went. */
  tellOfTray(): void;
  /** The person looks at the window. */
  attend(): void;
  tellUpdate(update: UpdateStatus): void;
  close(): void;
}

/** What the program shows and does outside of its window, as the engine's state changes. */
export function createDesktopManners(deps: {
  readonly electron: MannersElectron;
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  readonly desktopName: string;
  readonly iconFolder: string;
  readonly hasTray: boolean;
  readonly feed: EngineFeed;
  readonly keeper: () => WindowKeeper;
  readonly memory: ShellMemory;
  readonly restart: () => Promise<void>;
  readonly log: (error: unknown) => void;
}): DesktopManners {
  const { electron, clock, feed, memory, log } = deps;
  const { app, nativeTheme } = electron;
  const transfers = createTransferSwitch(feed, log);
  const awake = createKeepAwake(electron.powerSaveBlocker);
  let unseen = 0;

  const language = (): Language => {
    const wanted = feed.state.status?.settings.language ?? 'system';
    return wanted === 'system' ? pickLanguage(app.getPreferredSystemLanguages()) : wanted;
  };
  const tell = (message: ShellMessage): void => {
    deps.keeper().tell(message);
  };

  const taskbar = createTaskbar({ app, window: () => deps.keeper().main?.window });
  const notifier = createNotifier({
    create: (options) => new electron.Notification(options),
    isSupported: () => electron.Notification.isSupported(),
    clock,
    language,
    open: (page: Notice['page']) => {
      tell({ kind: 'go', page });
    },
    run: (deed) => {
      run(deed).catch(log);
    },
  });
  const tray = createTray({
    create: (image) => new electron.Tray(image),
    setMenu: (own, template) => {
      own.setContextMenu(electron.Menu.buildFromTemplate(template));
    },
    image: ({ activity: { kind } }: TrayState) => {
      const darkSystem = nativeTheme.shouldUseDarkColorsForSystemIntegratedUI;
      const { platform, desktopName, iconFolder: folder } = deps;
      const path = trayIconPath({ folder, kind, platform, darkSystem, desktopName });
      return { path, load: () => electron.nativeImage.createFromPath(path) };
    },
    clock,
    opensOnClick: deps.platform !== 'darwin',
    actions: {
      ...transfers,
      open: () => {
        deps.keeper().open();
      },
      shareFiles: () => {
        tell({ kind: 'command', command: 'share-files' });
      },
      send: () => {
        tell({ kind: 'command', command: 'send' });
      },
      receive: () => {
        tell({ kind: 'command', command: 'receive' });
      },
      settings: () => {
        tell({ kind: 'go', page: 'settings' });
      },
      copyCode: (code) => {
        electron.clipboard.writeText(code).catch(log);
      },
      quit: () => {
        app.quit();
      },
    },
  });

  async function run(deed: NoticeDeed): Promise<void> {
    switch (deed.kind) {
      case 'show':
        electron.shell.showItemInFolder(deed.path);
        break;
      case 'retry':
        await feed.call('transfer:resume', { id: deed.id });
        break;
      case 'accept':
        await feed.call('code:accept', { id: deed.id });
        break;
      case 'refuse':
        await feed.call('code:refuse', { id: deed.id });
        break;
      case 'restart':
        await deps.restart();
        break;
    }
  }

  function showTray(now: FeedState): void {
    if (!deps.hasTray) return;
    const code = now.codes?.sends.filter(({ state }) => state === 'open').at(-1)?.code ?? null;
    tray.show({ activity: activityOf(now), isRunning: now.status !== null, code, language: language() });
  }
  const followTheme = (): void => {
    showTray(feed.state);
  };
  nativeTheme.on('updated', followTheme);
  followTheme();

  return {
    get language() {
      return language();
    },
    get words() {
      return shellWords(language());
    },
    get staysInTray() {
      return deps.hasTray && (feed.state.status?.settings.closeToTray ?? true);
    },
    transfers,
    follow: (now, before) => {
      const activity = activityOf(now);
      showTray(now);
      taskbar.show(activity);
      awake.set(activity.running > 0 && (now.status?.settings.keepAwake ?? true));
      if (deps.keeper().main?.attended) return;
      const wanted = now.status?.settings.notifications ?? noticeKinds;
      const news = newsBetween(now, before).filter((one) => wanted.includes(noticeKindOf(one)));
      notifier.add(news);
      taskbar.count((unseen += news.length));
    },
    tellOfTray: () => {
      if (memory.memory.toldOfTray) return;
      memory.keep({ toldOfTray: true });
      const { notices } = shellWords(language());
      notifier.show({ title: notices.stillHere, body: notices.stillHereHow, page: 'settings', deeds: [] });
    },
    attend: () => {
      taskbar.count((unseen = 0));
    },
    tellUpdate: (update) => {
      deps.keeper().main?.send({ kind: 'update', update });
      if (update.state !== 'ready') return;
      const { notices } = shellWords(language());
      notifier.show({
        title: notices.updateReady(update.version),
        body: notices.updateReadyHow,
        page: 'settings',
        deeds: [{ label: notices.restart, deed: { kind: 'restart' } }],
      });
    },
    close: () => {
      nativeTheme.off('updated', followTheme);
      notifier.close();
      tray.close();
      awake.close();
    },
  };
}
