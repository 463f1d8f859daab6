import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import type { PortFacts, StandInPort } from './stand-in-process.js';

export class StandInContents extends EventEmitter {
  readonly mainFrame = { url: '', parent: null };
  readonly posted: { channel: string; message: unknown; ports: readonly PortFacts[] }[] = [];
  openWindow: ((details: { url: string }) => { action: string }) | undefined;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openWindow = handler;
  }
  postMessage(channel: string, message: unknown, ports: readonly StandInPort[] = []): void {
    this.posted.push({ channel, message, ports: ports.map(({ facts }) => facts) });
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
  readonly progress: unknown[][] = [];
  readonly options: Electron.BrowserWindowConstructorOptions;
  minimized = false;
  maximized = false;
  fullScreen = false;
  visible = false;
  focused = false;
  background = '';
  bounds = { x: 100, y: 50, width: 1180, height: 760 };
  loadFailure: Error | undefined;
  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
  }
  loadURL(url: string): Promise<void> {
    this.loads.push(url);
    this.webContents.mainFrame.url = url;
    return this.loadFailure ? Promise.reject(this.loadFailure) : Promise.resolve();
  }
  show(): void {
    this.calls.push('show');
    this.visible = true;
  }
  hide(): void {
    this.calls.push('hide');
    this.visible = false;
    this.focused = false;
  }
  focus(): void {
    this.calls.push('focus');
    this.focused = true;
    this.emit('focus');
  }
  restore(): void {
    this.calls.push('restore');
  }
  maximize(): void {
    this.calls.push('maximize');
    this.maximized = true;
  }
  setFullScreen(fullScreen: boolean): void {
    this.calls.push(`full screen ${String(fullScreen)}`);
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  isMaximized(): boolean {
    return this.maximized;
  }
  isFullScreen(): boolean {
    return this.fullScreen;
  }
  isVisible(): boolean {
    return this.visible;
  }
  isFocused(): boolean {
    return this.focused;
  }
  getNormalBounds(): Electron.Rectangle {
    return this.bounds;
  }
  setBackgroundColor(color: string): void {
    this.background = color;
  }
  setProgressBar(...args: unknown[]): void {
    this.progress.push(args);
  }
  /** The person closes it. True when it was closed, not kept. */
  close(): boolean {
    const event = { kept: false, preventDefault: () => (event.kept = true) };
    this.emit('close', event);
    if (!event.kept) this.emit('closed');
    return !event.kept;
  }
}
