/**
 * One watched folder: looks at what is directly in it, and hands over each file and folder once nobody writes to it any
 * more. Owns the watch of the system and the landings; what was handed over is remembered by whoever made this.
 */
import { watch as watchFs, type FSWatcher } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Timers } from '../library/timers.js';
import { isComplete, lookAgain, type Landing } from './landing.js';
import { lookAtItem } from './look-at-item.js';
import { isAwaited, isPassedOver } from './unfinished-names.js';

/** While something is landing. */
const lookMs = 1000;
/** Otherwise: a network mount tells nothing of what others put there. */
export const rescanMs = 30_000;

/** For a landing that nobody wrote to for so long: it will not be complete in a moment. */
const stuckMs = 60_000;
const lookAtStuckMs = 15_000;
/** Looks like no other: the wait begins when it is finished. */
const unfinished = { summary: '' };

/** It is not there, it is no folder any more, or the system does not let this program read it. */
export type WatchTrouble = 'path-not-found' | 'folder-is-a-file' | 'folder-unreadable';

export interface RunningWatch {
  readonly waiting: number;
  /** Why it cannot be looked into now; null when it can. */
  readonly trouble: WatchTrouble | null;
  close(): Promise<void>;
}

export function startWatch(
  folder: string,
  deps: {
    readonly isSeen: (path: string) => boolean;
    /** It is complete. Resolves when it has been dealt with. */
    readonly onLanded: (path: string, name: string) => Promise<void>;
    /** These are all that are there now. */
    readonly onListed: (paths: ReadonlySet<string>) => Promise<void>;
    readonly onChange: () => void;
    readonly timers: Timers;
    readonly logger: Logger;
  },
): RunningWatch {
  const { timers, logger } = deps;
  const landings = new Map<string, Landing>();
  let watcher: FSWatcher | undefined;
  let trouble: WatchTrouble | null = null;
  let stopTimer: (() => void) | undefined;
  let running: Promise<void> | undefined;
  let isClosed = false;
  let isAskedAgain = false;

  function look(): void {
    if (isClosed) return;
    stopTimer?.();
    stopTimer = undefined;
    if (running) {
      isAskedAgain = true;
      return;
    }
    running = lookOnce()
      .catch((error: unknown) => {
        logger.error({ err: error }, 'a watched folder could not be looked at');
      })
      .finally(() => {
        running = undefined;
        if (isClosed) return;
        const waitMs = landings.size > 0 ? landingMs() : isAskedAgain ? 0 : rescanMs;
        isAskedAgain = false;
        stopTimer = timers.after(waitMs, look);
      });
  }

  function landingMs(): number {
    const newest = Math.max(...Array.from(landings.values(), ({ sameSince }) => sameSince));
    return timers.now() - newest < stuckMs ? lookMs : lookAtStuckMs;
  }

  function keepWatching(): void {
    if (watcher) return;
    try {
      const started = watchFs(folder, { persistent: false }, () => {
        if (landings.size === 0 || landingMs() > lookMs) look(); // otherwise the next look is near
      });
      started.on('error', stopWatching);
      watcher = started;
    } catch (error) {
      logger.info({ err: error }, 'a watched folder is only looked at now and then');
    }
  }

  function stopWatching(): void {
    watcher?.close();
    watcher = undefined;
  }

  async function lookOnce(): Promise<void> {
    const before = [landings.size, trouble].join();
    const names = await readNames();
    if (names) {
      keepWatching();
      await deps.onListed(new Set(names.map((name) => join(folder, name))));
      const all = new Set(names);
      const fresh = names.filter((name) => !isPassedOver(name) && !deps.isSeen(join(folder, name)));
      for (const known of [...landings.keys()]) if (!fresh.includes(known)) landings.delete(known);
      for (const name of fresh) {
        if (isClosed) return;
        await lookAt(name, isAwaited(name, all));
      }
    } else {
      stopWatching();
      landings.clear();
    }
    if ([landings.size, trouble].join() !== before) deps.onChange();
  }

  /** Undefined when there is trouble. */
  async function readNames(): Promise<string[] | undefined> {
    try {
      const names = await readdir(folder);
      trouble = null;
      return names;
    } catch (error) {
      trouble = toTrouble(error);
      return undefined;
    }
  }

  async function lookAt(name: string, isHeldBack: boolean): Promise<void> {
    const path = join(folder, name);
    const found = await lookAtItem(path);
    const now = timers.now();
    const isUnfinished = found === undefined || isHeldBack;
    const landing = lookAgain(landings.get(name), isUnfinished ? unfinished : found, now);
    landings.set(name, landing);
    if (isUnfinished || !isComplete(landing, found, now)) return;
    landings.delete(name);
    await deps.onLanded(path, name);
  }

  look();
  return {
    get waiting() {
      return landings.size;
    },
    get trouble() {
      return trouble;
    },
    close: async () => {
      isClosed = true;
      stopTimer?.();
      stopWatching();
      await running;
    },
  };
}

function toTrouble(error: unknown): WatchTrouble {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'path-not-found';
  return code === 'ENOTDIR' ? 'folder-is-a-file' : 'folder-unreadable';
}
