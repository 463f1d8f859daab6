import type { Timers } from '../library/timers.js';

/** Lets so many bytes a second through. Of those who wait, who has had the fewest bytes goes on first. */
export interface TokenBucket {
  /** Bytes a second; null: as fast as it goes. */
  readonly rate: number | null;
  /** Undefined: go on at once. Else resolves when it is this taker's turn; `taker` is whoever asks, again and again. */
  take(bytes: number, taker: object): Promise<void> | undefined;
  /** Those who wait go on at the new rate, or at once when it is null. */
  setRate(rate: number | null): void;
}

interface Waiting {
  readonly bytes: number;
  readonly start: number;
  readonly go: () => void;
}

/** What may pass at once after a silence, in seconds of the rate: enough for a timer that comes late. */
const burstSeconds = 0.25;

/**
 * `timers.now` must never be set back. A take may exceed what is there and leave a debt that the next ones wait for, so
 * the rate is right in the long run, whatever the size of the parts. Without a rate there is no timer and no wait.
 */
export function createTokenBucket(timers: Timers, initialRate: number | null = null): TokenBucket {
  const waiting: Waiting[] = [];
  /** Up to where each taker has had its share, in bytes of one scale that all move along (start-time fair queueing). */
  const sharedUpTo = new WeakMap<object, number>();
  let shared = 0;
  let rate = initialRate;
  let tokens = rate === null ? 0 : rate * burstSeconds;
  let filledAt = timers.now();
  let stopTimer: (() => void) | undefined;

  function fill(bytesPerSecond: number): void {
    const now = timers.now();
    tokens = Math.min(bytesPerSecond * burstSeconds, tokens + (bytesPerSecond * (now - filledAt)) / 1000);
    filledAt = now;
  }

  function share(bytes: number, taker: object): number {
    const start = Math.max(shared, sharedUpTo.get(taker) ?? 0);
    sharedUpTo.set(taker, start + bytes);
    return start;
  }

  function takeNext(): Waiting | undefined {
    let first = 0;
    for (const [index, { start }] of waiting.entries()) if (start < (waiting[first]?.start ?? 0)) first = index;
    const [next] = waiting.splice(first, 1);
    shared = next?.start ?? shared;
    return next;
  }

  function letThrough(): void {
    stopTimer = undefined;
    if (rate === null) {
      for (const { go } of waiting.splice(0)) go();
      return;
    }
    fill(rate);
    while (tokens > 0) {
      const next = takeNext();
      if (!next) return;
      tokens -= next.bytes;
      next.go();
    }
    if (waiting.length > 0) stopTimer = timers.after(Math.ceil((-tokens * 1000) / rate) + 1, letThrough);
  }

  return {
    get rate() {
      return rate;
    },
    take: (bytes, taker) => {
      if (rate === null) return undefined;
      fill(rate);
      const start = share(bytes, taker);
      if (waiting.length === 0 && tokens > 0) {
        shared = start;
        tokens -= bytes;
        return undefined;
      }
      return new Promise((go) => {
        waiting.push({ bytes, start, go });
        if (!stopTimer) letThrough();
      });
    },
    setRate: (next) => {
      if (next === rate) return;
      if (rate !== null) fill(rate);
      filledAt = timers.now();
      // A debt that was small at the old rate would be minutes at the new one.
      if (next !== null) tokens = Math.min(Math.max(tokens, -next * burstSeconds), next * burstSeconds);
      rate = next;
      stopTimer?.();
      letThrough();
    },
  };
}
