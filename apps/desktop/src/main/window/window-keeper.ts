import type * as Electron from 'electron';
import type { ShellMessage } from '../../bridge/shell-messages.js';
import type { Clock } from '../clock.js';
import type { ShellWords } from '../words/shell-words.js';
import { windowOptions } from '../window-options.js';
import { createMainWindow, type MainWindow } from './main-window.js';
import type { ShellMemory } from './shell-memory.js';
import { fitBounds } from './window-bounds.js';

export interface WindowKeeper {
  /** Undefined while there is none: it is closed on macOS, or the program was started hidden. */
  readonly main: MainWindow | undefined;
  /** Shows the window, made anew where there is none. */
  readonly open: () => void;
  /** Shows the window and tells its page. */
  readonly tell: (message: ShellMessage) => void;
}

/** The one window: where it was the last time, hidden instead of closed where that is wanted. */
export function createWindowKeeper(deps: {
  readonly electron: Pick<typeof Electron, 'app' | 'BrowserWindow' | 'dialog' | 'nativeTheme' | 'screen'>;
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  readonly preloadPath: string;
  readonly memory: ShellMemory;
  readonly words: () => ShellWords;
  /** Whether closing it now only hides it. */
  readonly hidesOnClose: () => boolean;
  readonly onHidden: () => void;
  readonly onFocus: () => void;
  readonly onLoaded: () => void;
  readonly log: (error: unknown) => void;
}): WindowKeeper {
  const { electron, memory } = deps;
  let main: MainWindow | undefined;

  function make(): MainWindow {
    const { bounds, maximized } = memory.memory;
    const areas = electron.screen.getAllDisplays().map(({ workArea }) => workArea);
    const window = new electron.BrowserWindow(
      windowOptions({
        platform: deps.platform,
        preloadPath: deps.preloadPath,
        dark: electron.nativeTheme.shouldUseDarkColors,
        devTools: !electron.app.isPackaged,
        bounds: bounds === null ? undefined : fitBounds(bounds, areas),
      }),
    );
    const made = createMainWindow({
      window,
      maximized,
      nativeTheme: electron.nativeTheme,
      clock: deps.clock,
      onLoaded: deps.onLoaded,
      onPlaced: (placed, isMaximized) => {
        memory.keep({ bounds: placed, maximized: isMaximized });
      },
      onRestarted: () => {
        made.send({ kind: 'page-restarted' });
      },
      onCrashing: () => {
        askAfterCrash(made).catch(deps.log);
      },
    });
    window.on('focus', deps.onFocus);
    window.on('close', (event) => {
      if (!deps.hidesOnClose()) return;
      event.preventDefault();
      hide(window);
      deps.onHidden();
    });
    window.once('closed', () => (main = undefined));
    return made;
  }

  async function askAfterCrash(crashed: MainWindow): Promise<void> {
    const { crash } = deps.words();
    const { response } = await electron.dialog.showMessageBox({
      type: 'error',
      title: 'Enxame',
      message: crash.again,
      detail: crash.againHow,
      buttons: [crash.openAgain, crash.quit],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    if (response === 1) electron.app.quit();
    else if (crashed === main) crashed.reload();
  }

  function open(): MainWindow {
    if (main) main.present();
    else main = make();
    return main;
  }

  return {
    get main() {
      return main;
    },
    open: () => void open(),
    tell: (message) => {
      open().send(message);
    },
  };
}

/** A full screen of macOS that is hidden leaves a black screen behind: it is left first. */
function hide(window: Electron.BrowserWindow): void {
  if (!window.isFullScreen()) {
    window.hide();
    return;
  }
  window.once('leave-full-screen', () => {
    window.hide();
  });
  window.setFullScreen(false);
}
