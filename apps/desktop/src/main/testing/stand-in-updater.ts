import { EventEmitter } from 'node:events';
import type { Updater } from '../updates/updates.js';

/** electron-updater, as much of it as is used. */
export class StandInUpdater extends EventEmitter implements Updater {
  logger: unknown = console;
  autoDownload = false;
  allowDowngrade = true;
  disableWebInstaller = false;
  autoInstallOnAppQuit = true;
  checks = 0;
  installs: unknown[][] = [];
  failure: Error | undefined;
  checkForUpdates(): Promise<null> {
    this.checks++;
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(null);
  }
  quitAndInstall(...args: unknown[]): void {
    this.installs.push(args);
  }
}
