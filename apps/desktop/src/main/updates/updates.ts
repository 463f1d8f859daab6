import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { UpdateStatus } from '../../bridge/update-status.js';
import type { Clock } from '../clock.js';

const checkEveryMs = 24 * 60 * 60 * 1000;

/** As much of electron-updater as is used. It checks the SHA-512 of what it fetched, and signatures where systems have them. */
export interface Updater {
  logger: unknown;
  autoDownload: boolean;
  allowDowngrade: boolean;
  disableWebInstaller: boolean;
  autoInstallOnAppQuit: boolean;
  on(
    event: 'update-available' | 'update-not-available' | 'update-downloaded',
    listener: (info: { readonly version: string }) => void,
  ): unknown;
  on(event: 'download-progress', listener: (info: { readonly percent: number }) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  checkForUpdates(): Promise<unknown>;
  quitAndInstall(isSilent: boolean, isForceRunAfter: boolean): void;
}

export interface Updates {
  readonly status: UpdateStatus;
  /** The setting. While it is off nothing is asked of any server, and nothing is installed, but on the person's word. */
  allow(allowed: boolean): void;
  /** Looks now. */
  check(): void;
  /** Ends the program. Throws `not-found` when nothing is ready. */
  install(): Promise<void>;
  close(): void;
}

/**
 * Newer versions of this program, from the server that its package was built with. Owns the updater, which is not even
 * loaded before the first look.
 */
export function createUpdates(deps: {
  /** Whether the package names a server. */
  readonly isAvailable: boolean;
  readonly load: () => Promise<Updater>;
  readonly clock: Clock;
  readonly onChange: (status: UpdateStatus) => void;
  /** What must end before another version may start. */
  readonly beforeInstall: () => Promise<void>;
  readonly log: (error: unknown) => void;
}): Updates {
  let status: UpdateStatus = deps.isAvailable ? { state: 'current', checkedAt: null } : { state: 'unavailable' };
  let allowed = false;
  let loading: Promise<Updater> | undefined;
  let callOff: (() => void) | undefined;

  function set(next: UpdateStatus): void {
    status = next;
    deps.onChange(next);
  }

  function fail(error: unknown): void {
    deps.log(error);
    set({ state: 'failed', error: { code: 'update-failed' } });
  }

  async function load(): Promise<Updater> {
    const updater = await deps.load();
    updater.logger = null;
    updater.autoDownload = true;
    updater.allowDowngrade = false;
    updater.disableWebInstaller = true; // its parts are not signed
    updater.autoInstallOnAppQuit = allowed;
    updater.on('update-not-available', () => {
      set({ state: 'current', checkedAt: deps.clock.now() });
    });
    updater.on('update-available', ({ version }) => {
      set({ state: 'fetching', version, percent: 0 });
    });
    updater.on('download-progress', ({ percent }) => {
      if (status.state !== 'fetching' || Math.floor(percent) === status.percent) return;
      set({ ...status, percent: Math.floor(percent) });
    });
    updater.on('update-downloaded', ({ version }) => {
      set({ state: 'ready', version });
    });
    updater.on('error', fail);
    return updater;
  }

  async function look(): Promise<void> {
    if (['unavailable', 'checking', 'fetching', 'ready'].includes(status.state)) return;
    set({ state: 'checking' });
    try {
      const updater = await (loading ??= load());
      await updater.checkForUpdates();
    } catch (error) {
      // The updater tells most failures as an event, too.
      if (status.state !== 'failed') fail(error);
    }
  }

  function lookDaily(): void {
    void look();
    callOff = deps.clock.after(checkEveryMs, lookDaily);
  }

  return {
    get status() {
      return status;
    },
    allow: (wanted) => {
      if (wanted === allowed || !deps.isAvailable) return;
      allowed = wanted;
      void loading?.then((updater) => (updater.autoInstallOnAppQuit = wanted), deps.log);
      callOff?.();
      if (wanted) lookDaily();
    },
    check: () => void look(),
    install: async () => {
      if (status.state !== 'ready' || !loading) throw new EnxameError('not-found');
      const updater = await loading;
      await deps.beforeInstall();
      updater.quitAndInstall(false, true);
    },
    close: () => callOff?.(),
  };
}
