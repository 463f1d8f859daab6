/** Notices that time has passed without this program: the computer slept, or its clock was set forward. */
export interface ClockWatch {
  /** Asked at every tick. */
  hasJumped(): boolean;
}

/** A busy computer may be late by seconds; connections die in sleeps that are longer. */
const jumpMs = 15_000;

export function createClockWatch(now: () => number, tickMs: number): ClockWatch {
  let lastAt = now();
  return {
    hasJumped: () => {
      const time = now();
      const passedMs = time - lastAt;
      lastAt = time;
      return passedMs > tickMs + jumpMs;
    },
  };
}
