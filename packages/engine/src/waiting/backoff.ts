/** Waiting times between tries: doubling from `firstMs` up to `maxMs`, each with jitter, so that a crowd spreads out. */
export interface Backoff {
  nextMs(): number;
  reset(): void;
}

export function createBackoff(options: { firstMs: number; maxMs: number; random: () => number }): Backoff {
  let tries = 0;
  return {
    nextMs: () => {
      const ceiling = Math.min(options.maxMs, options.firstMs * 2 ** tries);
      tries = Math.min(tries + 1, 30);
      return Math.round(ceiling * (0.5 + options.random() / 2));
    },
    reset: () => {
      tries = 0;
    },
  };
}
