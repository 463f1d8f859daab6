import { createBackoff } from '../waiting/backoff.js';

/** When the tracker may be asked again about sources: soon after something changed, ever more rarely when nothing helps. */
export interface RefreshTimes {
  /** True when it may be asked now; it counts as asked then. */
  take(): boolean;
  reset(): void;
}

const firstMs = 1000;
const maxMs = 30_000;

export function createRefreshTimes(now: () => number, random: () => number): RefreshTimes {
  const backoff = createBackoff({ firstMs, maxMs, random });
  let askedAt: number | undefined;
  let waitMs = 0;
  return {
    take: () => {
      const time = now();
      if (askedAt !== undefined && time >= askedAt && time - askedAt < waitMs) return false;
      askedAt = time;
      waitMs = backoff.nextMs();
      return true;
    },
    reset: () => {
      backoff.reset();
    },
  };
}
