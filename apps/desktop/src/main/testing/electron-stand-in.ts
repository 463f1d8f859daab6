import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import type { ShellElectron } from '../shell.js';

/** A MessagePortMain: only who got it matters here. */
export interface StandInPort {
  readonly channel: number;
  readonly end: 1 | 2;
}

export class StandInProcess extends EventEmitter {
  readonly posted: { message: unknown; ports: readonly StandInPort[] }[] = [];
  killed = false;
  postMessage(message: unknown, ports: readonly StandInPort[] = []): void {
    this.posted.push({ message, ports });
  }
  kill(): boolean {
    this.killed = true;
    this.emit('exit', 1);
    return true;
  }
}

export class StandInContents extends EventEmitter {
  readonly mainFrame = { url: '', parent: null };
  readonly posted: { channel: string; ports: readonly StandInPort[] }[] = [];
  openWindow: ((details: { url: string }) => { action: string }) | undefined;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openWindow = handler;
  }
  postMessage(channel: string, _message: unknown, ports: readonly StandInPort[] = []): void {
    this.posted.push({ channel, ports });
  }
  /** A navigation that the page asks for. True when it was refused. */
  navigate(event: 'will-navigate' | 'will-redirect' | 'will-frame-navigate', url: string, isMainFrame = true): boolean {
    let refused = false;
    this.emit(event, { url, isMainFrame, preventDefault: () => (refused = true) });
    return refused;
  }
  /** What Electron tells of a load that went well. */
  finishLoad(): void {
    this.emit('did-navigate');
    this.emit('did-finish-load');
  }
}

export class StandInWindow extends EventEmitter {
  readonly webContents = new StandInContents();
  readonly calls: string[] = [];
  readonly loads: string[] = [];
  minimized = false;
  background = '';
  readonly options: Electron.BrowserWindowConstructorOptions;
  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
  }
  loadURL(url: string): Promise<void> {
    this.loads.push(url);
    this.webContents.mainFrame.url = url;
    return Promise.resolve();
  }
  show(): void {
    this.calls.push('show');
  }
  focus(): void {
    this.calls.push('focus');
  }
  restore(): void {
    this.calls.push('restore');
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  setBackgroundColor(color: string): void {
    this.background = color;
  }
}

type Listener = (details: never, answer: (result: unknown) => void) => void;

export class StandInSession {
  permissionRequest:
    ((contents: unknown, permission: string, answer: (granted: boolean) => void, details: object) => void) | undefined;
  permissionCheck: ((contents: unknown, permission: string, origin: string, details: object) => boolean) | undefined;
  devicePermission: ((details: object) => boolean) | undefined;
  beforeRequest: Listener | undefined;
  readonly handled = new Map<string, (request: Request) => Promise<Response>>();
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) => this.handled.set(scheme, handler),
  };
  readonly webRequest = { onBeforeRequest: (listener: Listener) => (this.beforeRequest = listener) };
  setPermissionRequestHandler(handler: NonNullable<StandInSession['permissionRequest']>): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: NonNullable<StandInSession['permissionCheck']>): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: NonNullable<StandInSession['devicePermission']>): void {
    this.devicePermission = handler;
  }
}

class StandInApp extends EventEmitter {
  isPackaged = true;
  quits = 0;
  whenReady(): Promise<void> {
    return Promise.resolve();
  }
  getPath(name: string): string {
    return `/home/ana/${name}`;
  }
  getVersion(): string {
    return '1.2.3';
  }
  getPreferredSystemLanguages(): string[] {
    return ['pt-BR', 'en'];
  }
  /** As Electron's: whoever prevents the default keeps the program alive. */
  quit(): void {
    const event = { prevented: false, preventDefault: () => (event.prevented = true) };
    this.emit('before-quit', event);
    if (!event.prevented) this.quits++;
  }
}

type InvokeHandler = (event: unknown, ...args: unknown[]) => Promise<unknown>;

/**
 * The `electron` module, as much of it as the shell uses, with what the shell did to it open to look at. Each instance
 * is a program of its own. `electron` is it under Electron's own types.
 */
export function createElectronStandIn() {
  const app = new StandInApp();
  const session = new StandInSession();
  const windows: StandInWindow[] = [];
  const forks: { path: string; args: string[]; process: StandInProcess }[] = [];
  const ipcHandlers = new Map<string, InvokeHandler>();
  const menus: unknown[] = [];
  const schemes: unknown[] = [];
  const shown: string[] = [];
  const pickers: Electron.OpenDialogOptions[] = [];
  const boxes: Electron.MessageBoxOptions[] = [];
  const answers = { picked: { canceled: true, filePaths: [] as string[] }, boxButton: 1 };
  const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: false });
  let channels = 0;

  class BrowserWindow extends StandInWindow {
    constructor(options: Electron.BrowserWindowConstructorOptions) {
      super(options);
      windows.push(this);
      app.emit('web-contents-created', {}, this.webContents);
    }
  }
  class MessageChannelMain {
    readonly #channel = ++channels;
    readonly port1: StandInPort = { channel: this.#channel, end: 1 };
    readonly port2: StandInPort = { channel: this.#channel, end: 2 };
  }

  const electron = {
    app,
    BrowserWindow,
    MessageChannelMain,
    nativeTheme,
    dialog: {
      showOpenDialog: (_window: unknown, options: Electron.OpenDialogOptions) => {
        pickers.push(options);
        return Promise.resolve(answers.picked);
      },
      showMessageBox: (options: Electron.MessageBoxOptions) => {
        boxes.push(options);
        return Promise.resolve({ response: answers.boxButton, checkboxChecked: false });
      },
    },
    ipcMain: { handle: (channel: string, handler: InvokeHandler) => ipcHandlers.set(channel, handler) },
    Menu: {
      setApplicationMenu: (menu: unknown) => menus.push(menu),
      buildFromTemplate: (template: unknown) => template,
    },
    protocol: { registerSchemesAsPrivileged: (list: unknown[]) => schemes.push(...list) },
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
    ...{ app, session, windows, forks, ipcHandlers, menus, schemes, shown, pickers, boxes, answers, nativeTheme },
  };
}
