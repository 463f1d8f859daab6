import type { Timers } from '../library/timers.js';

/** Lets so many bytes a second through. Those who wait go on in the order in which they came. */
export interface TokenBucket {
  /** Bytes a second; null: as fast as it goes. */
  readonly rate: number | null;
  /** Undefined: go on at once. Else resolves when it is this taker's turn. */
  take(bytes: number): Promise<void> | undefined;
  /** Those who wait go on at the new rate, or at once when it is null. */
  setRate(rate: number | null): void;
}

/** What may pass at once after a silence, in seconds of the rate: enough for a timer that comes late. */
const burstSeconds = 0.25;

/**
 * `timers.now` must never be set back. A take may exceed what is there and leave a debt that the next ones wait for, so
 * the rate is right in the long run, whatever the size of the parts. Without a rate there is no timer and no wait.
 */
export function createTokenBucket(timers: Timers, initialRate: number | null = null): TokenBucket {
  const waiting: { readonly bytes: number; readonly go: () => void }[] = [];
  let rate = initialRate;
  let tokens = rate === null ? 0 : rate * burstSeconds;
  let filledAt = timers.now();
  let stopTimer: (() => void) | undefined;

  function fill(bytesPerSecond: number): void {
    const now = timers.now();
    tokens = Math.min(bytesPerSecond * burstSeconds, tokens + (bytesPerSecond * (now - filledAt)) / 1000);
    filledAt = now;
  }

  function letThrough(): void {
    stopTimer = undefined;
    if (rate === null) {
      for (const { go } of waiting.splice(0)) go();
      return;
    }
    fill(rate);
    while (tokens > 0) {
      const next = waiting.shift();
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
    take: (bytes) => {
      if (rate === null) return undefined;
      fill(rate);
      if (waiting.length === 0 && tokens > 0) {
        tokens -= bytes;
        return undefined;
      }
      return new Promise((go) => {
        waiting.push({ bytes, go });
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
