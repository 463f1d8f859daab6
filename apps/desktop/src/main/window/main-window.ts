import type { BrowserWindow, MessagePortMain, NativeTheme, Rectangle } from 'electron';
import { enginePortChannel, shellMessageChannel } from '../../bridge/shell-channels.js';
import type { ShellMessage } from '../../bridge/shell-messages.js';
import type { Clock } from '../clock.js';
import { pageUrl } from '../page-address.js';
import { groundColor } from '../window-options.js';
import { createPageCrashes } from './page-crashes.js';

export interface MainWindow {
  readonly window: BrowserWindow;
  /** Whether the page is there to take a port; `onLoaded` tells when it is. */
  readonly loaded: boolean;
  /** Whether it is shown and has the focus: the person sees what the page tells. */
  readonly attended: boolean;
  /** Hands the page its end of the channel. Only while `loaded`. */
  givePort(port: MessagePortMain): void;
  /** Tells the page, now or when it is loaded. */
  send(message: ShellMessage): void;
  /** Loads the page again, after it crashed. */
  readonly reload: () => void;
  /** Brings it before the person. */
  present(): void;
}

/** Shows our page in a window, once more if its process dies, and knows when the page can be spoken to. */
export function createMainWindow(deps: {
  readonly window: BrowserWindow;
  /** How it is shown first. */
  readonly maximized: boolean;
  readonly nativeTheme: Pick<NativeTheme, 'on' | 'off' | 'shouldUseDarkColors'>;
  readonly clock: Clock;
  /** After each load of the page, reloads included: the port of before went with the page of before. */
  readonly onLoaded: () => void;
  /** It was moved, resized or maximized. The bounds are those of the window that is not maximized. */
  readonly onPlaced: (bounds: Rectangle, maximized: boolean) => void;
  /** The page crashed, was loaded again and is there. */
  readonly onRestarted: () => void;
  /** The page crashed again soon after. It stays away until `reload`. */
  readonly onCrashing: () => void;
}): MainWindow {
  const { window, nativeTheme } = deps;
  const contents = window.webContents;
  const waiting: ShellMessage[] = [];
  let loaded = false;
  let hasCrashed = false;

  const crashes = createPageCrashes({
    clock: deps.clock,
    onReload: () => {
      hasCrashed = true;
      load();
    },
    onAsk: deps.onCrashing,
  });
  // Not `did-start-loading`: a navigation that was refused starts too, and never finishes.
  contents.on('did-navigate', () => (loaded = false));
  contents.on('did-finish-load', () => {
    loaded = true;
    deps.onLoaded();
    for (const message of waiting.splice(0)) contents.postMessage(shellMessageChannel, message);
    if (hasCrashed) deps.onRestarted();
    hasCrashed = false;
  });
  contents.on('render-process-gone', (_event, { reason }) => {
    loaded = false;
    if (reason !== 'clean-exit') crashes.crashed();
  });
  window.once('ready-to-show', () => {
    if (deps.maximized) window.maximize();
    window.show();
  });
  const place = (): void => {
    if (!window.isMinimized() && !window.isFullScreen()) deps.onPlaced(window.getNormalBounds(), window.isMaximized());
  };
  window.on('resize', place);
  window.on('move', place);
  window.on('maximize', place);
  window.on('unmaximize', place);
  const followTheme = (): void => {
    window.setBackgroundColor(groundColor(nativeTheme.shouldUseDarkColors));
  };
  nativeTheme.on('updated', followTheme);
  window.once('closed', () => {
    nativeTheme.off('updated', followTheme);
    crashes.close();
    loaded = false;
  });

  function load(): void {
    // A load that fails rejects with what `did-fail-load` tells too: the window shows Chromium's page for it.
    window.loadURL(pageUrl).catch(() => undefined);
  }
  load();

  return {
    window,
    get loaded() {
      return loaded;
    },
    get attended() {
      return window.isVisible() && window.isFocused();
    },
    givePort: (port) => {
      contents.postMessage(enginePortChannel, null, [port]);
    },
    send: (message) => {
      if (loaded) contents.postMessage(shellMessageChannel, message);
      else waiting.push(message);
    },
    reload: load,
    present: () => {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
  };
}
