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

export function createSpeedHistory(): SpeedHistory {
  const samples = new Map<string, { second: number; value: number }[]>();
  return {
    record: (key, at, value) => {
      const second = Math.floor(at / 1000);
      const own = samples.get(key) ?? [];
      const kept = own.filter((sample) => sample.second < second && sample.second > second - historySeconds);
      // the last one before the window still says how the window begins
      const before = own.findLast((sample) => sample.second <= second - historySeconds);
      samples.set(key, [...(before ? [before] : []), ...kept, { second, value }]);
    },
    series: (key, at) => {
      const own = samples.get(key) ?? [];
      const first = own[0];
      if (!first) return [];
      const end = Math.floor(at / 1000);
      const start = Math.max(first.second, end - historySeconds + 1);
      const values: number[] = [];
      let index = 0;
      for (let second = start; second <= end; second++) {
        while ((own[index + 1]?.second ?? Infinity) <= second) index++;
        values.push(own[index]?.value ?? 0);
      }
      return values;
    },
    forget: (key) => void samples.delete(key),
  };
}
