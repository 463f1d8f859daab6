import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as electron from 'electron';
import { systemClock } from './clock.js';
import { readConfig } from './config.js';
import type { Start } from './opened/opened.js';
import { systemFiles } from './shell-files.js';
import { startShell } from './shell.js';

/** A session that does not answer by then has no tray for us; the window waits for this. */
const programDeadlineMs = 1000;

const { app } = electron;
// In development the program is Electron, and its first argument the folder of the app.
const start: Start = { args: process.argv.slice(app.isPackaged ? 1 : 2), folder: process.cwd() };
const config = readConfig(process.env, start.args, app.getPath('userData'));
if (config.profileFolder !== undefined) app.setPath('userData', config.profileFolder);

const log = (error: unknown): void => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
};
const besideThis = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// A second start hands over what it was to open, shows the window of the first, and leaves.
if (app.requestSingleInstanceLock({ ...start })) {
  startShell({
    electron,
    config,
    clock: systemClock,
    platform: process.platform,
    start,
    readFile: (path) => readFile(path),
    files: systemFiles,
    runProgram: async (program, args) =>
      (await promisify(execFile)(program, [...args], { timeout: programDeadlineMs })).stdout,
    loadUpdater: async () => (await import('electron-updater')).autoUpdater,
    hasUpdateServer: existsSync(join(process.resourcesPath, 'app-update.yml')),
    log,
    paths: {
      preload: besideThis('../preload/preload.cjs'),
      engineProcess: besideThis('../engine-process/engine-process.js'),
      page: besideThis('../renderer'),
      trayIcons: besideThis('tray'),
      program: process.execPath,
    },
  }).catch((error: unknown) => {
    log(error);
    app.exit(1);
  });
} else {
  app.quit();
}
