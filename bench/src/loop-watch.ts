import { openSync, readSync } from 'node:fs';

/** For how long the event loop did one thing. */
export interface LoopWatch {
  /**
   * Milliseconds at most, since it was asked before: an upper bound, by less than the time between two looks. What the
   * machine withheld meanwhile, because other programs had the processors, is not counted where the system tells it (Linux).
   */
  takeMaxMs(): number;
}

/** A finer watch would itself be work: looking every millisecond was 6 to 7 % of what both ends of a fast transfer did. */
const lookEveryMs = 5;

/**
 * Looks now and then, and keeps nobody alive. A look that comes late says that the loop was held, or that this thread
 * waited for a processor: how long it did, Linux counts. When in the stretch before the look it began to be held is not
 * known, so all of the stretch counts: an idle loop shows the time between two looks.
 */
export function createLoopWatch(): LoopWatch {
  const waited = createWaitClock();
  let maxMs = 0;
  let lastAt = performance.now();
  let lastWaitedMs = waited();
  setInterval(() => {
    const [at, waitedMs] = [performance.now(), waited()];
    maxMs = Math.max(maxMs, at - lastAt - (waitedMs - lastWaitedMs));
    [lastAt, lastWaitedMs] = [at, waitedMs];
  }, lookEveryMs).unref();
  return {
    takeMaxMs: () => {
      const taken = maxMs;
      maxMs = 0;
      return taken;
    },
  };
}

/** Milliseconds for which this thread was ready to run and did not; always 0 where nobody counts them. */
function createWaitClock(): () => number {
  if (process.platform !== 'linux') return () => 0;
  const file = openSync('/proc/thread-self/schedstat', 'r');
  const buffer = Buffer.alloc(128);
  return () => {
    // "on a processor, waiting for one, times", the first two in nanoseconds
    const [, waitedNs] = buffer.toString('latin1', 0, readSync(file, buffer, 0, buffer.length, 0)).split(' ');
    return Number(waitedNs) / 1e6;
  };
}
