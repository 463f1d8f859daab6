const firstMs = 250;
const longestMs = 30_000;

/** Something that ran this long did not fail at its start: the next failure counts as the first again. */
export const steadyAfterMs = 60_000;

/** How long to wait before starting again what failed `failures` times in a row (1 or more): doubling, to half a minute. */
export function restartDelayMs(failures: number): number {
  return Math.min(longestMs, firstMs * 2 ** (failures - 1));
}
