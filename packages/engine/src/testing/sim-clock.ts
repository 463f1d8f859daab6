import type { Timers } from '../library/timers.js';

/** Time that passes only when nothing is left to be done, one timer after the other. */
export interface SimClock extends Timers {
  /** Runs the next timer, and whatever follows from it. False: there is none until `until`. */
  step(until: number): Promise<boolean>;
  /** The clock is set forward, as after a sleep: nothing runs. */
  jump(ms: number): void;
  /** Somebody sets the clock, forward or back: what waits goes on waiting for as long as before. */
  set(ms: number): void;
  readonly waiting: number;
}

export function createSimClock(startAt = 1_700_000_000_000): SimClock {
  /** Of a clock that nobody sets. */
  let now = startAt;
  let setBy = 0;
  const timers = new Set<{ readonly at: number; readonly run: () => void }>();
  /** Promises of promises have settled when the loop has turned once. */
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    now: () => now + setBy,
    after: (ms, run) => {
      const timer = { at: now + Math.max(0, ms), run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    step: async (until) => {
      await settle();
      let next: { readonly at: number; readonly run: () => void } | undefined;
      for (const timer of timers) if (!next || timer.at < next.at) next = timer;
      if (!next || next.at + setBy > until) return false;
      timers.delete(next);
      now = Math.max(now, next.at);
      next.run();
      await settle();
      return true;
    },
    jump: (ms) => {
      now += ms;
    },
    set: (ms) => {
      setBy += ms;
    },
    get waiting() {
      return timers.size;
    },
  };
}
