/** Bytes a second over the last few seconds; falls to zero when nothing comes. */
export interface RateMeter {
  add(bytes: number): void;
  bytesPerSecond(): number;
}

const bucketMs = 500;
const bucketCount = 8;

/** A ring of half-second buckets: constant memory, no timer. `now`: milliseconds that never go back. */
export function createRateMeter(now: () => number): RateMeter {
  const buckets = new Array<number>(bucketCount).fill(0);
  let startedAt = now();
  let isStarted = false;
  let newest = 0;

  function advance(): number {
    const elapsed = now() - startedAt;
    const current = Math.floor(elapsed / bucketMs);
    for (let index = Math.max(newest + 1, current - bucketCount + 1); index <= current; index++)
      buckets[index % bucketCount] = 0;
    newest = Math.max(newest, current);
    return elapsed;
  }

  return {
    add: (bytes) => {
      // The first bytes start the clock: what was waited for before them is not their speed.
      if (!isStarted) startedAt = now();
      isStarted = true;
      advance();
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
