import type { Clock } from './clock.js';

export interface Pacer {
  /** Runs the step now, or as soon as the pause since the last time is over: once, however often it was asked. */
  nudge(): void;
  close(): void;
}

/** Lets something that is asked often happen at most once in `pauseMs`. There is no timer while nobody asks. */
export function createPacer(clock: Clock, pauseMs: number, step: () => void): Pacer {
  let last = Number.NEGATIVE_INFINITY;
  let callOff: (() => void) | undefined;
  let closed = false;

  function run(): void {
    callOff = undefined;
    last = clock.now();
    step();
  }

  return {
    nudge: () => {
      if (closed || callOff) return;
      const leftMs = last + pauseMs - clock.now();
      if (leftMs <= 0) run();
      else callOff = clock.after(leftMs, run);
    },
    close: () => {
      closed = true;
      callOff?.();
    },
  };
}
