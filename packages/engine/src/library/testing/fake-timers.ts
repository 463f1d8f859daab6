import type { Timers } from '../timers.js';

export interface FakeTimers extends Timers {
  /** Moves time on, running what is due in its order. */
  advance(ms: number): void;
  readonly waiting: number;
}

export function createFakeTimers(startAt = 1_700_000_000_000): FakeTimers {
  let now = startAt;
  const pending = new Set<{ readonly at: number; readonly run: () => void }>();
  return {
    now: () => now,
    after: (ms, run) => {
      const timer = { at: now + ms, run };
      pending.add(timer);
      return () => pending.delete(timer);
    },
    advance: (ms) => {
      const end = now + ms;
      for (;;) {
        const [next] = [...pending].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        pending.delete(next);
        now = Math.max(now, next.at);
        next.run();
      }
      now = end;
    },
    get waiting() {
      return pending.size;
    },
  };
}
