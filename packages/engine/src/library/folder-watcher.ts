/**
 * Notices that something in a shared folder changes, and tells it when the folder has been quiet for a while. Watches
 * folders, not files. A hint, as with the files: what it misses is noticed when it is served.
 */
import { watch as watchFs, type FSWatcher } from 'node:fs';
import type { EntryId } from '@enxame/shared/ids';
import type { Logger } from 'pino';
import { foldersOf, type HeldFolder } from '../collections/held-folder.js';
import type { Timers } from './timers.js';

export interface FolderWatcher {
  /** The folder that a share is now; what else was watched for it is not any more. Cheap for the same again. */
  watch(id: EntryId, held: HeldFolder | undefined): void;
  remove(id: EntryId): void;
  close(): void;
}

/** A program that writes many files is done when it is silent for this long: each look makes a new version. */
export const folderQuietMs = 2000;
/** One that is never silent does not hold up what it wrote before for ever. */
export const folderLatestMs = 60_000;
/** Beside the watches of single files, of the 8,192 that Linux grants on small systems. */
const maxFolders = 3000;

interface Watched {
  held: HeldFolder | undefined;
  readonly watchers: Map<string, FSWatcher>;
  touchedAt: number;
  stopTimer: (() => void) | undefined;
}

export function createFolderWatcher(deps: {
  readonly onQuiet: (id: EntryId) => void;
  readonly timers: Timers;
  readonly logger: Logger;
}): FolderWatcher {
  const { onQuiet, timers, logger } = deps;
  const shares = new Map<EntryId, Watched>();
  let watching = 0;

  function touch(id: EntryId, watched: Watched): void {
    const now = timers.now();
    if (watched.stopTimer) watched.stopTimer();
    else watched.touchedAt = now;
    const waitMs = Math.min(folderQuietMs, Math.max(0, watched.touchedAt + folderLatestMs - now));
    watched.stopTimer = timers.after(waitMs, () => {
      watched.stopTimer = undefined;
      onQuiet(id);
    });
  }

  function start(id: EntryId, watched: Watched, folder: string): void {
    if (watching >= maxFolders) return;
    try {
      const watcher = watchFs(folder, { persistent: false }, () => {
        if (shares.get(id) === watched) touch(id, watched);
      });
      watcher.on('error', () => {
        stop(watched, folder); // it went away: the look that follows says what is there now
        if (shares.get(id) === watched) touch(id, watched);
      });
      watched.watchers.set(folder, watcher);
      watching++;
    } catch (error) {
      logger.warn({ err: error }, 'a folder cannot be watched');
    }
  }

  function stop(watched: Watched, folder: string): void {
    const watcher = watched.watchers.get(folder);
    if (!watcher) return;
    watched.watchers.delete(folder);
    watcher.close();
    watching--;
  }

  function remove(id: EntryId): void {
    const watched = shares.get(id);
    if (!watched) return;
    shares.delete(id);
    watched.stopTimer?.();
    for (const folder of [...watched.watchers.keys()]) stop(watched, folder);
  }

  return {
    watch: (id, held) => {
      let watched = shares.get(id);
      if (!watched)
        shares.set(id, (watched = { held: undefined, watchers: new Map(), touchedAt: 0, stopTimer: undefined }));
      if (watched.held === held) return;
      watched.held = held;
      const folders = foldersOf(held);
      for (const folder of [...watched.watchers.keys()]) if (!folders.has(folder)) stop(watched, folder);
      for (const folder of folders) if (!watched.watchers.has(folder)) start(id, watched, folder);
    },
    remove,
    close: () => {
      for (const id of [...shares.keys()]) remove(id);
    },
  };
}
