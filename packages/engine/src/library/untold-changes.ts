import type { EntryId } from '@enxame/shared/ids';
import type { AnnouncedEntry } from '@enxame/shared/tracker/entry';
import { needsTelling, wantedAt } from './announcement.js';
import type { Shares } from './shares.js';
import type { Timers } from './timers.js';

/** A file that is read again keeps its entry for this long, so that saving a document does not make it flicker. */
export const unsettledMs = 1000;

/** What one session of the tracker has not been told yet. */
export interface UntoldChanges {
  /** The entries that the tracker has of this device, in whatever version. */
  readonly known: Set<EntryId>;
  readonly isEmpty: boolean;
  /** The share may have changed; what needs no telling is passed over. */
  add(id: EntryId): void;
  /** Takes out the next batch: what to announce, and what to withdraw. */
  take(count: number): { readonly entries: readonly AnnouncedEntry[]; readonly gone: readonly EntryId[] };
  /** Resolves when there is something, or the session ended. */
  some(): Promise<void>;
  /** Resolves after so long, or when the session ended. */
  wait(ms: number): Promise<void>;
  close(): void;
}

export function createUntoldChanges(
  { shares, timers }: { readonly shares: Shares; readonly timers: Timers },
  signal: AbortSignal,
): UntoldChanges {
  const known = new Set<EntryId>();
  const changed = new Set<EntryId>();
  /** Entries whose file is being read again, and when they are withdrawn if that goes on; oldest first. */
  const unsettled = new Map<EntryId, number>();
  let wake: (() => void) | undefined;
  let stopTimer: (() => void) | undefined;

  function add(id: EntryId): void {
    if (!needsTelling(shares, id, known.has(id))) {
      changed.delete(id);
      unsettled.delete(id);
      return;
    }
    if (wantedAt(shares, id) === 'unsettled') {
      hold(id);
      return;
    }
    unsettled.delete(id);
    changed.add(id);
    wake?.();
  }

  function hold(id: EntryId): void {
    changed.delete(id);
    if (unsettled.has(id)) return;
    unsettled.set(id, timers.now() + unsettledMs);
    stopTimer ??= timers.after(unsettledMs, endHolding);
  }

  function endHolding(): void {
    stopTimer = undefined;
    const now = timers.now();
    for (const [id, at] of unsettled) {
      if (at > now) {
        stopTimer = timers.after(at - now, endHolding);
        break;
      }
      unsettled.delete(id);
      changed.add(id);
    }
    if (changed.size > 0) wake?.();
  }

  function untilWoken(start: (resolve: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        signal.removeEventListener('abort', end);
        resolve();
      };
      if (signal.aborted) end();
      else {
        signal.addEventListener('abort', end, { once: true });
        start(end);
      }
    });
  }

  return {
    known,
    get isEmpty() {
      return changed.size === 0;
    },
    add,
    take: (count) => {
      const entries: AnnouncedEntry[] = [];
      const gone: EntryId[] = [];
      for (const id of changed) {
        if (entries.length + gone.length >= count) break;
        changed.delete(id);
        const wanted = wantedAt(shares, id);
        if (typeof wanted !== 'string') entries.push(wanted);
        else gone.push(id);
      }
      return { entries, gone };
    },
    some: async () => {
      if (changed.size > 0) return;
      await untilWoken((resolve) => {
        wake = resolve;
      });
      wake = undefined;
    },
    wait: (ms) =>
      untilWoken((resolve) => {
        timers.after(ms, resolve);
      }),
    close: () => {
      stopTimer?.();
      changed.clear();
      unsettled.clear();
    },
  };
}
