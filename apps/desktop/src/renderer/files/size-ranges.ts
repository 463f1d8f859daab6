import type { CatalogueQuery } from '@enxame/shared/tracker/catalogue-query';

type Bounds = Pick<CatalogueQuery, 'minBytes' | 'maxBytes'>;

const megabyte = 1_000_000;

/** The choices of the size filter, smallest first. */
export const sizeRanges = [
  ['sizeSmall', { minBytes: undefined, maxBytes: 10 * megabyte }],
  ['sizeMedium', { minBytes: 10 * megabyte, maxBytes: 100 * megabyte }],
  ['sizeLarge', { minBytes: 100 * megabyte, maxBytes: 1000 * megabyte }],
  ['sizeHuge', { minBytes: 1000 * megabyte, maxBytes: undefined }],
] as const satisfies readonly (readonly [string, Bounds])[];

export type SizeRange = (typeof sizeRanges)[number][0];

export function sizeRangeOf({ minBytes, maxBytes }: Bounds): SizeRange | null {
  if (minBytes === undefined && maxBytes === undefined) return null;
  return sizeRanges.find(([, bounds]) => bounds.minBytes === minBytes && bounds.maxBytes === maxBytes)?.[0] ?? null;
}
