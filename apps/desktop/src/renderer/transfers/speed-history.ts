/** How far back a graph goes. */
export const historySeconds = 120;

/** Speeds of the last two minutes, one number a second, by what they are the speed of. */
export interface SpeedHistory {
  /** The speed from now on, until another one is recorded. */
  record(key: string, at: number, bytesPerSecond: number): void;
  /** Oldest first, ending now; as many as there are seconds since the first record, at most `historySeconds`. */
  series(key: string, at: number): number[];
  forget(key: string): void;
}

/** One slot a second, used again after two minutes: recording for hundreds of transfers makes no garbage. */
interface Ring {
  readonly values: Float64Array;
  readonly firstSecond: number;
  lastSecond: number;
}

export function createSpeedHistory(): SpeedHistory {
  const rings = new Map<string, Ring>();
  return {
    record: (key, at, value) => {
      const ring = rings.get(key);
      // A clock that went back records over the last second that there was.
      const second = Math.max(Math.floor(at / 1000), ring?.lastSecond ?? 0);
      if (!ring) {
        const values = new Float64Array(historySeconds);
        values[second % historySeconds] = value;
        rings.set(key, { values, firstSecond: second, lastSecond: second });
        return;
      }
      fill(ring, second);
      ring.values[second % historySeconds] = value;
    },
    series: (key, at) => {
      const ring = rings.get(key);
      if (!ring) return [];
      const end = Math.floor(at / 1000);
      const start = Math.max(ring.firstSecond, end - historySeconds + 1);
      const last = ring.values[ring.lastSecond % historySeconds] ?? 0;
      return Array.from({ length: Math.max(0, end - start + 1) }, (_, index) => {
        const second = start + index;
        return second >= ring.lastSecond ? last : (ring.values[second % historySeconds] ?? 0);
      });
    },
    forget: (key) => void rings.delete(key),
  };
}

/** The seconds since the last record had its speed. */
function fill(ring: Ring, second: number): void {
  const last = ring.values[ring.lastSecond % historySeconds] ?? 0;
  const from = Math.max(ring.lastSecond + 1, second - historySeconds + 1);
  for (let between = from; between < second; between++) ring.values[between % historySeconds] = last;
  ring.lastSecond = second;
}
