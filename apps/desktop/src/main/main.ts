import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as electron from 'electron';
import { systemClock } from './clock.js';
import { readConfig } from './config.js';
import { startShell } from './shell.js';

const { app } = electron;
const config = readConfig(process.env, app.getPath('userData'));
if (config.profileFolder !== undefined) app.setPath('userData', config.profileFolder);

const log = (error: unknown): void => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
};
const besideThis = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// A second start shows the window of the first, and leaves.
if (app.requestSingleInstanceLock()) {
  startShell({
    electron,
    config,
    clock: systemClock,
    platform: process.platform,
    readFile: (path) => readFile(path),
    log,
    paths: {
      preload: besideThis('../preload/preload.cjs'),
      engineProcess: besideThis('../engine-process/engine-process.js'),
      page: besideThis('../renderer'),
    },
  }).catch((error: unknown) => {
    log(error);
    app.exit(1);
  });
} else {
  app.quit();
}
