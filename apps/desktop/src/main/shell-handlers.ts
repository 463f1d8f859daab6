import { isAbsolute } from 'node:path';
import type { BrowserWindow, Dialog, Shell, WebContents } from 'electron';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { DesktopState } from '../bridge/shell-calls.js';
import type { ShellHandlers } from './shell-door.js';
import type { Updates } from './updates/updates.js';

/** What only the desktop can do for a page. Pickers belong to the window that asked: they cannot be lost behind it. */
export function createShellHandlers(deps: {
  readonly dialog: Pick<Dialog, 'showOpenDialog'>;
  readonly shell: Pick<Shell, 'showItemInFolder'>;
  readonly windowOf: (contents: WebContents) => BrowserWindow | null;
  readonly state: () => DesktopState;
  readonly updates: Pick<Updates, 'check' | 'install'>;
}): ShellHandlers {
  async function pick(contents: WebContents, options: Electron.OpenDialogOptions): Promise<string[]> {
    const window = deps.windowOf(contents);
    if (!window) throw new EnxameError('cancelled'); // the window was closed while its question was on the way
    const { canceled, filePaths } = await deps.dialog.showOpenDialog(window, options);
    return canceled ? [] : filePaths;
  }

  return {
    'files:pick': (_, contents) => pick(contents, { properties: ['openFile', 'multiSelections', 'showHiddenFiles'] }),
    'folder:pick': async ({ current }, contents) => {
      const start = current === undefined ? {} : { defaultPath: current };
      const [path] = await pick(contents, { properties: ['openDirectory', 'createDirectory'], ...start });
      return path ?? null;
    },
    'path:show': ({ path }) => {
      if (!isAbsolute(path)) throw new EnxameError('bad-request', { where: 'path' }); // relative to what?
      deps.shell.showItemInFolder(path);
      return {};
    },
    'desktop:get': () => deps.state(),
    'update:check': () => {
      deps.updates.check();
      return {};
    },
    'update:install': async () => {
      await deps.updates.install();
      return {};
    },
  };
}
