import type { Clock } from './clock.js';

/** Turns many changes into one later run. */
export interface Gather {
  /** Something changed: a run follows within the gathering time, or when the rest after the last run is over. */
  mark(): void;
  /** What was gathered could not be dealt with when it was its time: a run follows as soon as the rest is over. */
  again(): void;
  /** Forgets what is marked and marks no more. */
  close(): void;
}

/** `restMs`: how long to rest after a run, when that was more than can be done all the time. */
export function createGather(clock: Clock, gatherMs: number, run: () => void, restMs = (): number => 0): Gather {
  let cancel: (() => void) | undefined;
  let closed = false;
  let restUntil = 0;

  function runMarked(): void {
    cancel = undefined;
    run();
    restUntil = clock.now() + restMs();
  }

  const runIn = (ms: number): (() => void) => clock.after(Math.max(ms, restUntil - clock.now()), runMarked);

  return {
    mark: () => {
      if (!closed) cancel ??= runIn(gatherMs);
    },
    again: () => {
      if (closed) return;
      cancel?.();
      cancel = runIn(0);
    },
    close: () => {
      closed = true;
      cancel?.();
      cancel = undefined;
    },
  };
}
