import type { UserId } from '@enxame/shared/ids';
import type { Audience } from '@enxame/shared/tracker/entry';
import type { SortColumn } from '@enxame/shared/tracker/catalogue-query';
import type { CatalogueFilter } from '../catalogue-filter.js';
import type { Place } from '../catalogue-place.js';
import { isSteady } from '../catalogue-orders.js';
import { mostRankedSources } from '../catalogue-rank.js';
import { toEntryFields, type EntryFields } from '../entry-fields.js';
import { hashScore, plainScore, scoreWords } from '../match-score.js';
import type { PersonRecord } from '../person.js';
import { toNameWords } from '../search-words.js';
import type { StoredEntry } from '../stored-entry.js';

/** An entry for chosen people, as it is searched. Never mutated. */
export interface RestrictedEntry {
  readonly entry: StoredEntry & { readonly audience: Audience };
  readonly owner: PersonRecord;
  /** Who may know of it: the owner, and the audience. */
  readonly readers: ReadonlySet<UserId>;
  readonly fields: EntryFields;
  readonly words: readonly string[];
  readonly ownerWords: readonly string[];
}

export function createRestrictedEntry(entry: StoredEntry, owner: PersonRecord): RestrictedEntry {
  const { audience = [] } = entry;
  return {
    entry: { ...entry, audience },
    owner,
    readers: new Set([owner.id, ...audience]),
    fields: toEntryFields(entry),
    words: toNameWords(entry.name),
    ownerWords: toNameWords(owner.name),
  };
}

/** How well it fits, as the catalogue scores what everybody may see (T10); 0 when it does not. */
export function scoreRestricted(
  filter: CatalogueFilter,
  { entry, owner, fields, words, ownerWords }: RestrictedEntry,
  sources: number,
): number {
  if (filter.type !== undefined && fields.type !== filter.type) return 0;
  if (filter.owner !== undefined && owner.id !== filter.owner) return 0;
  if (filter.except.includes(owner.id)) return 0;
  if (entry.size < filter.minBytes || entry.size > filter.maxBytes) return 0;
  if (entry.addedAt < filter.addedAfter || entry.addedAt > filter.addedBefore) return 0;
  if (filter.available && sources === 0) return 0;
  if (filter.contentId === entry.contentId) return hashScore;
  if (filter.sha256 !== undefined && filter.sha256 === entry.sha256) return hashScore;
  if (filter.words.length === 0) return plainScore;
  return scoreWords(filter.words, words, ownerWords);
}

/** Its rank in a column that is not steady, as `createRankOf` has it; 0 in the others. */
export function rankIn(column: SortColumn, score: number, sources: number): number {
  if (isSteady(column)) return 0;
  if (column !== 'relevance') return sources;
  return score * (mostRankedSources + 1) + Math.min(sources, mostRankedSources);
}

export function placeOf({ entry, owner, fields }: RestrictedEntry, rank: number): Place {
  const { size, addedAt } = entry;
  return { rank, size, addedAt, nameKey: fields.sortKey, ownerKey: owner.sortKey, id: fields.id };
}
