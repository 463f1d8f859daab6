import { join } from 'node:path';
import type * as Electron from 'electron';
import { createPortCarrier } from '@enxame/shared/engine/port-carrier';
import type { EngineProcessOptions } from '../bridge/engine-process-options.js';
import type { Clock } from './clock.js';
import type { ShellConfig } from './config.js';
import { createDesktopManners, type MannersElectron } from './desktop-manners.js';
import { createEngineFailure } from './engine-failure.js';
import { createEngineSupervisor } from './engine-supervisor.js';
import { createEngineFeed } from './feed/engine-feed.js';
import { hardenContents } from './harden-contents.js';
import { hardenSession } from './harden-session.js';
import { createLoginItem } from './login/login-item.js';
import { applicationMenu } from './menu/application-menu.js';
import { listenForOpened } from './opened/listen-for-opened.js';
import type { Start } from './opened/opened.js';
import { pageScheme } from './page-address.js';
import { createPageServer } from './page-server.js';
import { createPreviewFetch } from './preview-fetch.js';
import { createSettingsFollower } from './settings-follower.js';
import { openShellDoor } from './shell-door.js';
import type { ShellFiles } from './shell-files.js';
import { createShellHandlers } from './shell-handlers.js';
import { findTray, type RunProgram } from './tray/find-tray.js';
import { createUpdates, type Updater } from './updates/updates.js';
import { openShellMemory } from './window/shell-memory.js';
import { createWindowKeeper } from './window/window-keeper.js';

/** As in electron-builder.yml: the installer puts it on the shortcut. */
const appId = 'org.enxame.desktop';

/** The parts of Electron that the shell uses. */
export type ShellElectron = MannersElectron &
  Pick<
    typeof Electron,
    'BrowserWindow' | 'dialog' | 'ipcMain' | 'MessageChannelMain' | 'protocol' | 'screen' | 'session' | 'utilityProcess'
  >;

export interface ShellDeps {
  readonly electron: ShellElectron;
  readonly config: ShellConfig;
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  /** What this program was started with. */
  readonly start: Start;
  readonly readFile: (path: string) => Promise<Uint8Array<ArrayBuffer>>;
  readonly files: ShellFiles;
  readonly runProgram: RunProgram;
  readonly loadUpdater: () => Promise<Updater>;
  /** Whether the package names a server for newer versions. */
  readonly hasUpdateServer: boolean;
  /** Failures of the shell itself. */
  readonly log: (error: unknown) => void;
  /** Where the build put what the shell loads, and the program itself. */
  readonly paths: {
    readonly preload: string;
    readonly engineProcess: string;
    readonly page: string;
    readonly trayIcons: string;
    readonly program: string;
  };
}

/**
 * The desktop around the page and the engine: one window, one engine process, a channel between the two, made anew
 * whenever either starts, and what the system shows of them. Called once, before Electron is ready; the caller holds the
 * single-instance lock.
 */
export async function startShell(deps: ShellDeps): Promise<void> {
  const { electron, clock, config, paths, platform, files, log } = deps;
  const { app, nativeTheme } = electron;
  let quitting = false;
  let engineStopped = false;

  electron.protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
  app.on('web-contents-created', (_event, contents) => {
    hardenContents(contents);
  });
  const opened = listenForOpened({ app, start: deps.start, log });
  const [memory, hasTray] = await Promise.all([
    openShellMemory({ path: join(app.getPath('userData'), 'window.json'), files, clock, log }),
    findTray(platform, deps.runProgram),
    app.whenReady(),
  ]);

  const { defaultSession } = electron.session;
  hardenSession(defaultSession);
  defaultSession.protocol.handle(
    pageScheme,
    createPageServer({
      folder: paths.page,
      readFile: deps.readFile,
      preview: createPreviewFetch(() => supervisor.previewPort),
    }),
  );

  const feed = createEngineFeed({
    onChange: (now, before) => {
      manners.follow(now, before);
      followSettings(now);
    },
    log,
  });
  const keeper = createWindowKeeper({
    ...{ electron, clock, platform, memory, log, preloadPath: paths.preload },
    words: () => manners.words,
    hidesOnClose: () => !quitting && manners.staysInTray,
    onHidden: () => {
      manners.tellOfTray();
    },
    onFocus: () => {
      manners.attend();
    },
    onLoaded: connectPage,
  });
  const updates = createUpdates({
    isAvailable: app.isPackaged && deps.hasUpdateServer,
    load: deps.loadUpdater,
    clock,
    onChange: (update) => {
      manners.tellUpdate(update);
    },
    beforeInstall: stopEngine, // its windows would only be hidden, and its writes cut off
    log,
  });
  const manners = createDesktopManners({
    ...{ electron, clock, platform, hasTray, feed, memory, log },
    desktopName: config.desktopName,
    iconFolder: paths.trayIcons,
    keeper: () => keeper,
    restart: () => updates.install(),
  });
  const followSettings = createSettingsFollower({
    nativeTheme,
    login: createLoginItem({
      ...{ app, files, platform },
      program: config.appImage ?? paths.program,
      args: [...(app.isPackaged ? [] : [app.getAppPath()]), ...config.loginArgs],
      configFolder: config.configFolder ?? join(app.getPath('home'), '.config'),
    }),
    updates,
    onLanguage: setMenu,
    log,
  });
  openShellDoor({
    ipcMain: electron.ipcMain,
    handlers: createShellHandlers({
      dialog: electron.dialog,
      shell: electron.shell,
      windowOf: (contents) => (contents === keeper.main?.window.webContents ? keeper.main.window : null),
      state: () => ({ hasTray, update: updates.status }),
      updates,
    }),
    isOurs: (contents) => contents === keeper.main?.window.webContents,
    onInternal: log,
  });

  const failure = createEngineFailure({ dialog: electron.dialog, app });
  const supervisor = createEngineSupervisor({
    fork: forkEngine,
    clock,
    onReady: () => {
      failure.clear();
      connectShell();
      connectPage();
    },
    onFailed: (error) => void failure.tell(error).catch(log),
  });

  app.on('activate', () => {
    keeper.open(); // macOS: the icon in the dock, with or without a window
  });
  app.on('window-all-closed', () => {
    if (platform !== 'darwin') app.quit();
  });
  app.on('before-quit', (event) => {
    quitting = true;
    if (engineStopped) return;
    event.preventDefault(); // asked again when the engine has finished its writes
    void stopEngine().then(() => {
      app.quit();
    });
  });
  setMenu();
  // Windows shows notifications only of a program that it knows from the start menu, by this name.
  if (platform === 'win32') app.setAppUserModelId(appId);
  // Development runs from a program that others share: it takes no links from the one that is installed.
  if (app.isPackaged) app.setAsDefaultProtocolClient('enxame');
  opened.deliver({ open: keeper.open, tell: keeper.tell, startsHidden: hasTray });

  async function stopEngine(): Promise<void> {
    quitting = true;
    updates.close();
    await Promise.all([supervisor.close(), memory.flush()]);
    feed.close();
    manners.close();
    engineStopped = true;
  }

  function setMenu(): void {
    const template = applicationMenu({
      platform,
      language: manners.language,
      devTools: !app.isPackaged,
      actions: { ...manners.transfers, tell: keeper.tell },
    });
    electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate(template));
  }

  /** The ends go to the two processes: what is said over them never comes by here. */
  function connectPage(): void {
    if (!keeper.main?.loaded || !supervisor.ready) return; // whoever comes last calls again
    const { port1, port2 } = new electron.MessageChannelMain();
    supervisor.connect(port1);
    keeper.main.givePort(port2);
  }

  /** The shell is an interface like any other, with a channel of its own. */
  function connectShell(): void {
    const { port1, port2 } = new electron.MessageChannelMain();
    supervisor.connect(port1);
    feed.connect(createPortCarrier(port2));
  }

  function forkEngine(): Electron.UtilityProcess {
    const options: EngineProcessOptions = {
      dataFolder: config.dataFolder,
      downloadsFolder: join(app.getPath('downloads'), 'Enxame'),
      version: app.getVersion(),
      logLevel: config.logLevel,
      ...(config.suggestedTracker === undefined ? {} : { suggestedTracker: config.suggestedTracker }),
    };
    return electron.utilityProcess.fork(paths.engineProcess, [JSON.stringify(options)], {
      serviceName: 'Enxame engine',
    });
  }
}
