import { systemTimers, type Timers } from '../library/timers.js';

/** Time that is never set back, and not that of any clock on a wall: for rates and turns. */
export const monotonicTimers: Timers = {
  now: () => performance.now(),
  after: (ms, run) => systemTimers.after(ms, run),
};
