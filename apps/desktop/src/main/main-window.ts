import type { BrowserWindow, MessagePortMain, NativeTheme } from 'electron';
import { enginePortChannel } from '../bridge/shell-channels.js';
import type { Clock } from './clock.js';
import { pageUrl } from './page-address.js';
import { restartDelayMs, steadyAfterMs } from './restart-delay.js';
import { groundColor } from './window-options.js';

export interface MainWindow {
  readonly window: BrowserWindow;
  /** Whether the page is there to take a port; `onLoaded` tells when it is. */
  readonly loaded: boolean;
  /** Hands the page its end of the channel. Only while `loaded`. */
  givePort(port: MessagePortMain): void;
  /** Brings it before the person. */
  present(): void;
}

/** Shows our page in a window, again if its renderer dies, and knows when the page can take a port. */
export function createMainWindow(deps: {
  readonly window: BrowserWindow;
  readonly nativeTheme: Pick<NativeTheme, 'on' | 'off' | 'shouldUseDarkColors'>;
  readonly clock: Clock;
  /** After each load of the page, reloads included: the port of before went with the page of before. */
  readonly onLoaded: () => void;
}): MainWindow {
  const { window, nativeTheme, clock } = deps;
  const contents = window.webContents;
  let loaded = false;
  let crashes = 0;
  let crashedAt = clock.now();
  let callOffReload = (): void => undefined;

  // Not `did-start-loading`: a navigation that was refused starts too, and never finishes.
  contents.on('did-navigate', () => (loaded = false));
  contents.on('did-finish-load', () => {
    loaded = true;
    deps.onLoaded();
  });
  contents.on('render-process-gone', () => {
    loaded = false;
    crashes = clock.now() - crashedAt >= steadyAfterMs ? 1 : crashes + 1;
    crashedAt = clock.now();
    callOffReload();
    callOffReload = clock.after(restartDelayMs(crashes), load);
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  const followTheme = (): void => {
    window.setBackgroundColor(groundColor(nativeTheme.shouldUseDarkColors));
  };
  nativeTheme.on('updated', followTheme);
  window.once('closed', () => {
    nativeTheme.off('updated', followTheme);
    callOffReload();
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
    givePort: (port) => {
      contents.postMessage(enginePortChannel, null, [port]);
    },
    present: () => {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
  };
}
