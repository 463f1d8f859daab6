/** Whole numbers below `end`, the same ones for the same seed. */
export type Random = (end: number) => number;

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return (end) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
}
