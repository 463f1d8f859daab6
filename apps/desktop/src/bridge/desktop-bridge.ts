import type { DesktopState } from './shell-calls.js';
import type { ShellMessage } from './shell-messages.js';

/**
 * What the window of Electron gives the page besides the engine: what only a desktop can do. In a browser there is no
 * bridge (`window.enxame` is undefined), and the page offers another way. The preload implements it, nothing else does.
 */
export interface DesktopBridge {
  /** `process.platform` of the window: decides where the window buttons are and which modifier key is shown. */
  readonly platform: string;
  /** The path on disk of a file that was dropped or chosen; empty for one that has none. */
  pathForFile(file: File): string;
  /** Opens the system's picker. Empty when the person closed it. */
  pickFiles(): Promise<string[]>;
  /** Opens the system's folder picker at `current`. Null when the person closed it. */
  pickFolder(current?: string): Promise<string | null>;
  /** Opens the folder of a file with the file selected. */
  showInFolder(path: string): Promise<void>;
  /** What this desktop can do. */
  desktopState(): Promise<DesktopState>;
  /** Looks for a newer version now; `onMessage` tells how it goes. */
  checkForUpdate(): Promise<void>;
  /** Ends the program and starts the newer version. Rejects with `not-found` when none is ready. */
  installUpdate(): Promise<void>;
  /** One listener, the last. Messages that came before there was one are told to the first. */
  onMessage(listener: (message: ShellMessage) => void): void;
}

/** The name under which the preload exposes the bridge: `window[bridgeName]`. */
export const bridgeName = 'enxame';

/**
 * `window.postMessage(portMessage, '*', [port])` by the preload hands the page its MessagePort to the engine, after the
 * page's `load` event, and again with a new port each time the engine was started again.
 */
export const portMessage = 'enxame:port';
