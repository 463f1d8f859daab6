/** Bytes a second over the last few seconds; falls to zero when nothing comes. */
export interface RateMeter {
  /** `at`: the time now, where it is known already: a clock is not free. */
  add(bytes: number, at?: number): void;
  bytesPerSecond(): number;
}

const bucketMs = 500;
const bucketCount = 8;

/** A ring of half-second buckets: constant memory, no timer. `now`: milliseconds; a clock that is set back does no harm. */
export function createRateMeter(now: () => number): RateMeter {
  const buckets = new Array<number>(bucketCount).fill(0);
  let startedAt = now();
  let isStarted = false;
  let newest = 0;
  let latest = startedAt;

  function advance(time = now()): number {
    if (time < latest) startedAt -= latest - time;
    latest = time;
    const elapsed = time - startedAt;
    const current = Math.floor(elapsed / bucketMs);
    for (let index = Math.max(newest + 1, current - bucketCount + 1); index <= current; index++)
      buckets[index % bucketCount] = 0;
    newest = Math.max(newest, current);
    return elapsed;
  }

  return {
    add: (bytes, at = now()) => {
      // The first bytes start the clock: what was waited for before them is not their speed.
      if (!isStarted) {
        isStarted = true;
        startedAt = at;
        newest = 0; // somebody may have asked for the speed before
      }
      advance(at);
      const index = newest % bucketCount;
      buckets[index] = (buckets[index] ?? 0) + bytes;
    },
    bytesPerSecond: () => {
      const elapsed = advance();
      const windowMs = Math.min(elapsed, (bucketCount - 1) * bucketMs + (elapsed % bucketMs));
      return windowMs < bucketMs ? 0 : (buckets.reduce((sum, bytes) => sum + bytes, 0) * 1000) / windowMs;
    },
  };
}
