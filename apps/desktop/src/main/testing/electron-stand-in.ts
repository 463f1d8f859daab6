import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import type { ShellElectron } from '../shell.js';
import { StandInApp } from './stand-in-app.js';
import { StandInNotification, StandInTray } from './stand-in-notices.js';
import { createChannel, StandInProcess, type StandInPort } from './stand-in-process.js';
import { StandInSession } from './stand-in-session.js';
import { StandInWindow } from './stand-in-window.js';

type InvokeHandler = (event: unknown, ...args: unknown[]) => Promise<unknown>;

/**
 * The `electron` module, as much of it as the shell uses, with what the shell did to it open to look at. Each instance
 * is a program of its own. `electron` is it under Electron's own types.
 */
export function createElectronStandIn() {
  const app = new StandInApp();
  const session = new StandInSession();
  const windows: StandInWindow[] = [];
  const trays: StandInTray[] = [];
  const notifications: StandInNotification[] = [];
  const forks: { path: string; args: string[]; process: StandInProcess }[] = [];
  const ipcHandlers = new Map<string, InvokeHandler>();
  const menus: Electron.MenuItemConstructorOptions[][] = [];
  const schemes: unknown[] = [];
  const shown: string[] = [];
  const copied: string[] = [];
  const pickers: Electron.OpenDialogOptions[] = [];
  const boxes: Electron.MessageBoxOptions[] = [];
  const blockers = new Set<number>();
  const answers = {
    picked: { canceled: true, filePaths: [] as string[] },
    boxButton: 1,
    boxFailure: undefined as Error | undefined,
    hasNotifications: true,
  };
  const displays = [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }];
  const nativeTheme = Object.assign(new EventEmitter(), {
    shouldUseDarkColors: false,
    shouldUseDarkColorsForSystemIntegratedUI: false,
    themeSource: 'system',
  });
  let channels = 0;
  let blocker = 0;

  class BrowserWindow extends StandInWindow {
    constructor(options: Electron.BrowserWindowConstructorOptions) {
      super(options);
      windows.push(this);
      app.emit('web-contents-created', {}, this.webContents);
    }
  }
  class MessageChannelMain {
    readonly port1: StandInPort;
    readonly port2: StandInPort;
    constructor() {
      ({ port1: this.port1, port2: this.port2 } = createChannel(++channels));
    }
  }
  class Tray extends StandInTray {
    constructor(image: unknown) {
      super(image);
      trays.push(this);
    }
  }
  class Notification extends StandInNotification {
    static isSupported(): boolean {
      return answers.hasNotifications;
    }
    constructor(options: Electron.NotificationConstructorOptions) {
      super(options);
      notifications.push(this);
    }
  }

  const electron = {
    ...{ app, BrowserWindow, MessageChannelMain, nativeTheme, Notification, Tray },
    clipboard: {
      writeText: (text: string) => {
        copied.push(text);
        return Promise.resolve();
      },
    },
    dialog: {
      showOpenDialog: (_window: unknown, options: Electron.OpenDialogOptions) => {
        pickers.push(options);
        return Promise.resolve(answers.picked);
      },
      showMessageBox: (options: Electron.MessageBoxOptions) => {
        boxes.push(options);
        const answer = { response: answers.boxButton, checkboxChecked: false };
        return answers.boxFailure ? Promise.reject(answers.boxFailure) : Promise.resolve(answer);
      },
    },
    ipcMain: { handle: (channel: string, handler: InvokeHandler) => ipcHandlers.set(channel, handler) },
    Menu: {
      setApplicationMenu: (menu: Electron.MenuItemConstructorOptions[]) => menus.push(menu),
      buildFromTemplate: (template: unknown) => template,
    },
    nativeImage: { createFromPath: (path: string) => path },
    powerSaveBlocker: {
      start: (kind: string) => {
        if (kind === 'prevent-app-suspension') blockers.add(++blocker);
        return blocker;
      },
      stop: (id: number) => blockers.delete(id),
    },
    protocol: { registerSchemesAsPrivileged: (list: unknown[]) => schemes.push(...list) },
    screen: { getAllDisplays: () => displays },
    session: { defaultSession: session },
    shell: { showItemInFolder: (path: string) => shown.push(path) },
    utilityProcess: {
      fork: (path: string, args: string[]) => {
        const process = new StandInProcess();
        forks.push({ path, args, process });
        return process;
      },
    },
  };
  return {
    // One cast, here: the classes above keep the shapes of Electron's, not every method of them.
    electron: electron as unknown as ShellElectron,
    ...{ app, session, windows, trays, notifications, forks, ipcHandlers, menus, schemes, shown, copied, pickers },
    ...{ boxes, blockers, answers, displays, nativeTheme },
  };
}
