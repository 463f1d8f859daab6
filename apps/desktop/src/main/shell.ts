import { join } from 'node:path';
import type * as Electron from 'electron';
import type { EngineProcessOptions } from '../bridge/engine-process-options.js';
import { applicationMenu } from './application-menu.js';
import type { Clock } from './clock.js';
import type { ShellConfig } from './config.js';
import { createEngineFailure } from './engine-failure.js';
import { createEngineSupervisor } from './engine-supervisor.js';
import { hardenContents } from './harden-contents.js';
import { hardenSession } from './harden-session.js';
import { createMainWindow, type MainWindow } from './main-window.js';
import { pageScheme } from './page-address.js';
import { createPageServer } from './page-server.js';
import { openShellDoor } from './shell-door.js';
import { createShellHandlers } from './shell-handlers.js';
import { windowOptions } from './window-options.js';

/** The parts of Electron that the shell uses. */
export type ShellElectron = Pick<
  typeof Electron,
  | 'app'
  | 'BrowserWindow'
  | 'dialog'
  | 'ipcMain'
  | 'Menu'
  | 'MessageChannelMain'
  | 'nativeTheme'
  | 'protocol'
  | 'session'
  | 'shell'
  | 'utilityProcess'
>;

export interface ShellDeps {
  readonly electron: ShellElectron;
  readonly config: ShellConfig;
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  readonly readFile: (path: string) => Promise<Uint8Array<ArrayBuffer>>;
  /** Failures of the shell itself. */
  readonly log: (error: unknown) => void;
  /** Where the build put what the shell loads. */
  readonly paths: { readonly preload: string; readonly engineProcess: string; readonly page: string };
}

/**
 * The desktop around the page and the engine: one window, one engine process, and a channel between the two, made anew
 * whenever either starts. Called once, before Electron is ready; the caller holds the single-instance lock.
 */
export async function startShell(deps: ShellDeps): Promise<void> {
  const { electron, clock, config, paths, platform } = deps;
  const { app } = electron;
  let main: MainWindow | undefined;
  let engineStopped = false;

  electron.protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  app.on('web-contents-created', (_event, contents) => {
    hardenContents(contents);
  });
  await app.whenReady();

  const menu = applicationMenu(platform);
  electron.Menu.setApplicationMenu(menu && electron.Menu.buildFromTemplate(menu));
  const { defaultSession } = electron.session;
  hardenSession(defaultSession);
  const servePage = createPageServer({ folder: paths.page, readFile: deps.readFile });
  defaultSession.protocol.handle(pageScheme, servePage);
  openShellDoor({
    ipcMain: electron.ipcMain,
    handlers: createShellHandlers({
      dialog: electron.dialog,
      shell: electron.shell,
      windowOf: (contents) => (contents === main?.window.webContents ? main.window : null),
    }),
    isOurs: (contents) => contents === main?.window.webContents,
    onInternal: deps.log,
  });

  const failure = createEngineFailure({ dialog: electron.dialog, app });
  const supervisor = createEngineSupervisor({
    fork: forkEngine,
    clock,
    onReady: () => {
      failure.clear();
      connectPage();
    },
    onFailed: (error) => void failure.tell(error).catch(deps.log),
  });

  app.on('activate', openWindow); // macOS: the icon in the dock, with or without a window
  app.on('second-instance', openWindow);
  app.on('window-all-closed', () => {
    if (platform !== 'darwin') app.quit();
  });
  app.on('before-quit', (event) => {
    if (engineStopped) return;
    event.preventDefault(); // asked again when the engine has finished its writes
    void supervisor.close().then(() => {
      engineStopped = true;
      app.quit();
    });
  });
  openWindow();

  function openWindow(): void {
    if (main) {
      main.present();
      return;
    }
    const dark = electron.nativeTheme.shouldUseDarkColors;
    const window = new electron.BrowserWindow(
      windowOptions({ platform, preloadPath: paths.preload, dark, devTools: !app.isPackaged }),
    );
    main = createMainWindow({ window, nativeTheme: electron.nativeTheme, clock, onLoaded: connectPage });
    window.once('closed', () => (main = undefined));
  }

  /** The ends go to the two processes: what is said over them never comes by here. */
  function connectPage(): void {
    if (!main?.loaded || !supervisor.ready) return; // whoever comes last calls again
    const { port1, port2 } = new electron.MessageChannelMain();
    supervisor.connect(port1);
    main.givePort(port2);
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
