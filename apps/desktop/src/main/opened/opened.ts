import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { maxSharePaths } from '@enxame/shared/engine/calls';
import { z } from 'zod';
import { linkScheme, parseAppLink } from '../../bridge/app-link.js';
import type { ShellMessage } from '../../bridge/shell-messages.js';

/** The switch that starts the program without a window. */
export const hiddenSwitch = '--hidden';
const maxPathChars = 4096;

/** What a second start hands to the first: Electron's own `argv` is reordered, and has switches of Chromium added. */
export const startSchema = z.object({
  args: z.array(z.string().max(maxPathChars)).max(maxSharePaths),
  folder: z.string().max(maxPathChars).refine(isAbsolute),
});
/** The arguments after the program (and, in development, after the folder of the app), and where they were given. */
export type Start = z.infer<typeof startSchema>;

export interface Opened {
  /** Without a window, please. */
  readonly hidden: boolean;
  readonly messages: readonly ShellMessage[];
}

/** Reads a command line: links, and paths of files and folders. Switches are nobody's files; after `--` there are none. */
export function readStart({ args, folder }: Start): Opened {
  const messages: ShellMessage[] = [];
  const paths: string[] = [];
  let takesSwitches = true;
  for (const arg of args) {
    if (takesSwitches && arg === '--') takesSwitches = false;
    else if (takesSwitches && arg.startsWith('-')) continue;
    else if (isLink(arg)) messages.push(openedLink(arg));
    else if (arg !== '') paths.push(toPath(arg, folder));
  }
  const shared = paths.filter((path) => path.length <= maxPathChars && !path.includes('\0'));
  if (shared.length > 0) messages.push({ kind: 'paths', paths: shared });
  return { hidden: args.includes(hiddenSwitch), messages };
}

/** What a link asks for. One that is not understood is told to the person, and nothing of it is passed on. */
export function openedLink(text: string): ShellMessage {
  const link = parseAppLink(text);
  return link ? { kind: 'link', link } : { kind: 'link-refused' };
}

/** Desktops of Linux name files by their addresses. One of another computer, or broken, is taken for a name and not found. */
function toPath(arg: string, folder: string): string {
  if (!arg.startsWith('file://') || !URL.canParse(arg)) return resolve(folder, arg);
  try {
    return fileURLToPath(arg);
  } catch {
    return resolve(folder, arg); // the engine says that there is no such file, by this name
  }
}

function isLink(arg: string): boolean {
  return arg.toLowerCase().startsWith(`${linkScheme}:`);
}
