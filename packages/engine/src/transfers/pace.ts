import { createRateMeter } from '../peer/rate-meter.js';

/** How fast a source brings what it is asked for. */
export interface Pace {
  /** Over the last seconds, for people. */
  readonly bytesPerSecond: number;
  /** What a request may count on; undefined while unknown, zero when nothing comes though it was asked. */
  expected(): number | undefined;
  /** A request begins; `end` says how it went. */
  begin(): void;
  add(bytes: number): void;
  end(): void;
}

/** A request that brought nothing for this long holds its pieces up. */
const stalledMs = 3000;
/** Before this much time a slow start says nothing. */
const tellingMs = 1000;

/** `now`: milliseconds; a clock that is set back does no harm. */
export function createPace(now: () => number): Pace {
  const meter = createRateMeter(now);
  let known: number | undefined;
  /** `firstAt`: of its first byte; the wait for it says nothing of the speed. */
  let run: { startedAt: number; firstAt: number | undefined; lastAt: number; bytes: number } | undefined;
  return {
    get bytesPerSecond() {
      return meter.bytesPerSecond();
    },
    expected: () => {
      if (!run) return known;
      const time = now();
      if (time - run.lastAt >= stalledMs) return 0;
      const age = time - run.startedAt;
      return age < tellingMs ? known : meter.bytesPerSecond();
    },
    begin: () => {
      const time = now();
      run = { startedAt: time, firstAt: undefined, lastAt: time, bytes: 0 };
    },
    add: (bytes) => {
      const time = now();
      meter.add(bytes, time);
      if (!run) return;
      run.lastAt = time;
      run.firstAt ??= run.lastAt;
      run.bytes += bytes;
    },
    end: () => {
      if (!run) return;
      const { firstAt, bytes } = run;
      run = undefined;
      const elapsed = firstAt === undefined ? -1 : now() - firstAt;
      if (elapsed >= 0) known = (bytes * 1000) / Math.max(1, elapsed);
    },
  };
}
