import type { CatalogueQuery } from '@enxame/shared/tracker/catalogue-query';
import { allFiles, sizeRanges, type FilesView } from './use-files.js';

/** What a search looks for; in which order is the looker's. */
export function toSavedQuery({ text, owner, type, size, isAvailable }: FilesView): Partial<CatalogueQuery> {
  const { min, max } = sizeRanges[size] as { readonly min?: number; readonly max?: number };
  return {
    text,
    ...(owner !== 'any' && { owner }),
    ...(type !== 'any' && { type }),
    ...(min !== undefined && { minBytes: min }),
    ...(max !== undefined && { maxBytes: max }),
    ...(isAvailable && { available: true }),
  };
}

/** As near as this page comes to it: a size that it does not offer is any. */
export function toView({ text, owner, type, minBytes, maxBytes, available }: CatalogueQuery): FilesView {
  const sizes = Object.entries(sizeRanges) as [FilesView['size'], { readonly min?: number; readonly max?: number }][];
  const [size] = sizes.find(([, { min, max }]) => min === minBytes && max === maxBytes) ?? ['any'];
  return { ...allFiles, text, owner: owner ?? 'any', type: type ?? 'any', size, isAvailable: available }; // prettier-ignore
}
