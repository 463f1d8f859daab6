import type { Timers } from '../library/timers.js';

/** What ends a wait early: something to do, or a reason to try again what failed. */
export type WakeReason = 'work' | 'retry';

/** The waits of one loop. A reason that comes while nobody waits ends the next wait that it concerns: nothing is lost. */
export interface Nap {
  /** `until: 'work'` ends for either reason, `until: 'retry'` only for that one. */
  sleep(ms: number, until: WakeReason): Promise<void>;
  wake(reason: WakeReason): void;
}

export function createNap(timers: Timers): Nap {
  const missed = new Set<WakeReason>();
  let waiting: { readonly until: WakeReason; readonly end: () => void } | undefined;

  const ends = (until: WakeReason, reason: WakeReason): boolean => until === 'work' || reason === 'retry';

  return {
    sleep: (ms, until) =>
      new Promise((resolve) => {
        const isMissed = [...missed].some((reason) => ends(until, reason));
        missed.clear();
        if (isMissed) {
          resolve();
          return;
        }
        const end = (): void => {
          cancel();
          waiting = undefined;
          resolve();
        };
        const cancel = timers.after(ms, end);
        waiting = { until, end };
      }),
    wake: (reason) => {
      if (waiting && ends(waiting.until, reason)) waiting.end();
      else missed.add(reason);
    },
  };
}
