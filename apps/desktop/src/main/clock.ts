export interface Clock {
  now(): number;
  /** Runs `step` once, `delayMs` from now. Returns what calls it off. */
  after(delayMs: number, step: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, step) => {
    const timer = setTimeout(step, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};
