import type { CatalogueQuery } from '@enxame/shared/tracker/catalogue-query';
import type { ContentId, UserId } from '@enxame/shared/ids';
import type { CatalogueFilter } from '../catalogue-filter.js';
import type { CatalogueIndex } from '../catalogue-index.js';
import type { Place } from '../catalogue-place.js';
import { toNameWords } from '../search-words.js';
import { createComparePlaces } from './compare-places.js';
import type { RestrictedEntries } from './restricted-entries.js';
import { placeOf, rankIn, scoreRestricted, type RestrictedEntry } from './restricted-entry.js';

/** An entry for chosen people in a result, and where it stands there. */
export interface ReaderMatch {
  readonly restricted: RestrictedEntry;
  readonly place: Place;
  readonly sources: number;
}

interface ScoredMatch extends ReaderMatch {
  readonly score: number;
}

/** What a query finds among the entries that a person may see and others may not, in the order asked for. (T142) */
export function findReaderMatches(
  deps: {
    readonly index: Pick<CatalogueIndex, 'table' | 'views'>;
    readonly restricted: Pick<RestrictedEntries, 'readBy'>;
    readonly countSources: (contentId: ContentId, reader: UserId) => number;
  },
  reader: UserId,
  query: CatalogueQuery,
  filter: CatalogueFilter,
): ReaderMatch[] {
  let matches: ScoredMatch[] = [];
  for (const restricted of deps.restricted.readBy(reader)) {
    const sources = deps.countSources(restricted.entry.contentId, reader);
    const score = scoreRestricted(filter, restricted, sources);
    if (score === 0) continue;
    matches.push({ restricted, sources, score, place: placeOf(restricted, rankIn(query.sort, score, sources)) });
  }
  if (filter.byContent) matches = keepBest(matches).filter((match) => !isShownAnyway(deps.index, filter, match));
  const compare = createComparePlaces(query.sort);
  matches.sort((left, right) => compare(left.place, right.place));
  return query.descending ? matches.reverse() : matches;
}

/** Of each content the one that fits best, else the one that was there first, as the catalogue chooses. (T70) */
function keepBest(matches: readonly ScoredMatch[]): ScoredMatch[] {
  const best = new Map<ContentId, ScoredMatch>();
  for (const match of matches) {
    const { contentId } = match.restricted.entry;
    const known = best.get(contentId);
    if (!known || isBetter(match, known)) best.set(contentId, match);
  }
  return [...best.values()];
}

function isBetter(left: ScoredMatch, right: ScoredMatch): boolean {
  if (left.score !== right.score) return left.score > right.score;
  const later = left.place.addedAt - right.place.addedAt;
  return later === 0 ? Buffer.compare(left.place.id, right.place.id) < 0 : later < 0;
}

/** An entry that everybody may see stands for the content in the same result. */
function isShownAnyway(
  { table, views }: Pick<CatalogueIndex, 'table' | 'views'>,
  filter: CatalogueFilter,
  { restricted }: ReaderMatch,
): boolean {
  const content = table.findContent(restricted.entry.contentId);
  if (content === -1) return false;
  for (const row of table.rowsOfContent(content)) {
    if (views.scoreOf(filter, row, toNameWords(table.nameOf(row))) > 0) return true;
  }
  return false;
}
