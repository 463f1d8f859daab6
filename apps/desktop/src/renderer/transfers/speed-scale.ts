/** Below this everything is a flat line: noise must not look like speed, and a scale says tenths of a megabyte. */
const least = 200_000;

/** The top of a speed scale, bytes a second: the next of 1, 2, 4, 6, 8 times a power of ten, whose halves read well. */
export function topOf(bytesPerSecond: number): number {
  const value = Math.max(bytesPerSecond, least);
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 4, 6, 8, 10].find((step) => step * power >= value) ?? 10);
}
