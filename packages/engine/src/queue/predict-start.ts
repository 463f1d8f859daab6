/**
 * When the one at this place (1 is next) can start, in milliseconds: each free slot, and each that becomes free, goes
 * to the next in line for `turnMs`. Null when there is no slot at all.
 */
export function predictStartMs(
  position: number,
  freeSlots: number,
  remainingMs: readonly number[],
  turnMs: number,
): number | null {
  const ends = [...new Array<number>(Math.max(0, freeSlots)).fill(0), ...remainingMs].sort((a, b) => a - b);
  const slots = ends.length;
  if (slots === 0) return null;
  // Each slot is taken once per round; what is before the round only waits longer.
  const round = Math.floor((position - 1) / slots);
  return (ends[(position - 1) % slots] ?? 0) + round * turnMs;
}
