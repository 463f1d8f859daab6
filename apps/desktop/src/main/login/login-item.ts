import { join } from 'node:path';
import type { App } from 'electron';
import type { ShellFiles } from '../shell-files.js';
import { autostartEntry, autostartFile } from './autostart-entry.js';

export interface LoginItem {
  /** The setting, as it is when the engine is heard of first: only a start that was moved is put right. */
  begin(wanted: boolean): Promise<void>;
  /** The person changed the setting. */
  change(wanted: boolean): Promise<void>;
}

/**
 * Starting with the session of the person, hidden. What the person turned off in the settings of the system stays off:
 * nothing is set but on a change of the setting here.
 */
export function createLoginItem(deps: {
  readonly app: Pick<App, 'setLoginItemSettings'>;
  readonly files: ShellFiles;
  readonly platform: NodeJS.Platform;
  /** What to start: of an AppImage the image, not the program inside, whose path is new each time. */
  readonly program: string;
  readonly args: readonly string[];
  readonly configFolder: string;
}): LoginItem {
  const { app, files, platform, program, args } = deps;
  const entryPath = join(deps.configFolder, 'autostart', autostartFile);
  const entry = autostartEntry(program, args);
  const isLinux = platform === 'linux';
  return {
    begin: async (wanted) => {
      if (!isLinux || !wanted) return;
      const found = await files.read(entryPath);
      if (found !== undefined && found !== entry) await files.write(entryPath, entry);
    },
    change: async (wanted) => {
      if (!isLinux) app.setLoginItemSettings({ openAtLogin: wanted, path: program, args: args.map(quoteForWindows) });
      else if (wanted) await files.write(entryPath, entry);
      else await files.remove(entryPath);
    },
  };
}

/** The registry keeps one line: an argument with a space would fall into two. A quote cannot be in a path of Windows. */
function quoteForWindows(arg: string): string {
  return /\s/.test(arg) ? `"${arg}"` : arg;
}
