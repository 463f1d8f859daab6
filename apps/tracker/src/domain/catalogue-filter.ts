import type { UserId } from '@enxame/shared/ids';
import type { CatalogueQuery } from '@enxame/shared/tracker/catalogue-query';
import type { CatalogueRecord } from './catalogue-record.js';
import { toSearchWords } from './search-text.js';

/** The part of a query that decides which entries are in the result. */
export interface CatalogueFilter {
  /** Equal for filters that let the same entries through. Empty for the one that lets all through. */
  readonly key: string;
  readonly words: readonly string[];
  readonly owner: UserId | undefined;
  readonly available: boolean;
  readonly minBytes: number;
  readonly maxBytes: number;
}

export function toCatalogueFilter(query: CatalogueQuery): CatalogueFilter {
  const words = toSearchWords(query.text);
  const { owner, available, minBytes = 0, maxBytes = Infinity } = query;
  const isAll = words.length === 0 && !owner && !available && minBytes === 0 && maxBytes === Infinity;
  const key = isAll ? '' : JSON.stringify([words, owner, available, minBytes, maxBytes]);
  return { key, words, owner, available, minBytes, maxBytes };
}

export function matchesFilter(filter: CatalogueFilter, record: CatalogueRecord): boolean {
  const { size } = record.entry;
  if (size < filter.minBytes || size > filter.maxBytes) return false;
  if (filter.available && record.sources === 0) return false;
  if (filter.owner && record.owner.id !== filter.owner) return false;
  return filter.words.every((word) => record.searchText.includes(word) || record.owner.searchText.includes(word));
}
