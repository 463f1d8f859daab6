import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A Chromium of this machine: `ENXAME_CHROMIUM`, else one on the PATH; undefined leaves it to Playwright's own. */
export function findChromium(env: Readonly<Record<string, string | undefined>>): string | undefined {
  if (env['ENXAME_CHROMIUM']) return env['ENXAME_CHROMIUM'];
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // not there, or not ours to run: the next one is tried
  }
}
