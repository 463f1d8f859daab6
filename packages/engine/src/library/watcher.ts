/**
 * Notices that shared files are written to, replaced or deleted. Watches the folders that hold them, each once, and
 * not the files: a watch a file would use up what the system grants. (chokidar, given a folder, still watches every
 * file in it.) What it says is only a hint, and it may miss one: on a network mount, or beyond `maxFolders`. The file
 * is looked at again when it is served.
 */
import { watch as watchFs, type FSWatcher } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Logger } from 'pino';
import type { Timers } from './timers.js';

export interface ShareWatcherDeps {
  /** Once, when a file that was quiet begins to change. */
  readonly onTouched: (path: string) => void;
  /** When nothing happened to them for a while: what they are now will probably stay. */
  readonly onQuiet: (paths: readonly string[]) => void;
  readonly timers: Timers;
  readonly logger: Logger;
}

export interface ShareWatcher {
  add(path: string): void;
  remove(path: string): void;
  close(): void;
}

interface Folder {
  /** The files, whole: these texts are in memory anyway. */
  readonly files: Set<string>;
  watcher: FSWatcher | undefined;
}

/** An editor that saves, or a program that writes on, is done when it is silent for this long. */
export const quietMs = 500;
/** A folder that could not be watched, or went away, is tried again this often. */
const retryMs = 10_000;
/** Linux grants 8,192 watches to all programs of a user on small systems. */
const maxFolders = 4096;

export function createShareWatcher({ onTouched, onQuiet, timers, logger }: ShareWatcherDeps): ShareWatcher {
  const folders = new Map<string, Folder>();
  const unwatched = new Set<string>();
  /** When each touched path counts as quiet; oldest first, for a touch puts it at the end. */
  const quietAt = new Map<string, number>();
  let stopQuiet: (() => void) | undefined;
  let stopRetry: (() => void) | undefined;
  let watching = 0;
  let closed = false;

  function touch(path: string): void {
    const isNew = !quietAt.delete(path);
    quietAt.set(path, timers.now() + quietMs);
    stopQuiet ??= timers.after(quietMs, tellQuiet);
    if (isNew) onTouched(path);
  }

  function tellQuiet(): void {
    stopQuiet = undefined;
    const now = timers.now();
    const quiet: string[] = [];
    for (const [path, at] of quietAt) {
      if (at > now) {
        stopQuiet = timers.after(at - now, tellQuiet);
        break;
      }
      quietAt.delete(path);
      quiet.push(path);
    }
    if (quiet.length > 0) onQuiet(quiet);
  }

  function handleEvent(path: string, folder: Folder, name: string | null): void {
    if (name !== null && folder.files.has(join(path, name))) {
      touch(join(path, name));
      return;
    }
    // The folder itself went or moved (its own name), or the system does not say which file: any may be another now.
    if (name === null || name === basename(path)) lose(path, folder);
  }

  function lose(path: string, folder: Folder): void {
    stopWatching(folder);
    unwatched.add(path);
    scheduleRetry();
    for (const file of folder.files) touch(file);
  }

  function startWatching(path: string, folder: Folder): void {
    if (watching >= maxFolders) return;
    unwatched.add(path);
    try {
      const watcher = watchFs(path, { persistent: false }, (_event, name) => {
        if (folder.watcher === watcher) handleEvent(path, folder, name);
      });
      watcher.on('error', () => {
        if (folder.watcher === watcher) lose(path, folder);
      });
      folder.watcher = watcher;
      watching++;
      unwatched.delete(path);
    } catch (error) {
      logger.warn({ err: error }, 'a folder cannot be watched');
      scheduleRetry();
    }
  }

  function stopWatching(folder: Folder): void {
    if (!folder.watcher) return;
    folder.watcher.close();
    folder.watcher = undefined;
    watching--;
  }

  function scheduleRetry(): void {
    if (!closed) stopRetry ??= timers.after(retryMs, retry);
  }

  function retry(): void {
    stopRetry = undefined;
    for (const path of [...unwatched]) {
      const folder = folders.get(path);
      if (!folder) continue;
      startWatching(path, folder);
      // Too many watches, or still gone: the others wait for the next round.
      if (!folder.watcher) return;
      for (const file of folder.files) touch(file);
    }
  }

  return {
    add: (path) => {
      const parent = dirname(path);
      let folder = folders.get(parent);
      if (!folder) {
        folder = { files: new Set(), watcher: undefined };
        folders.set(parent, folder);
        startWatching(parent, folder);
      }
      folder.files.add(path);
    },
    remove: (path) => {
      quietAt.delete(path);
      const parent = dirname(path);
      const folder = folders.get(parent);
      if (!folder?.files.delete(path) || folder.files.size > 0) return;
      stopWatching(folder);
      folders.delete(parent);
      unwatched.delete(parent);
    },
    close: () => {
      closed = true;
      stopQuiet?.();
      stopRetry?.();
      for (const folder of folders.values()) stopWatching(folder);
      folders.clear();
      quietAt.clear();
    },
  };
}
