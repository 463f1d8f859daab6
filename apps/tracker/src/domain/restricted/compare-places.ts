import type { SortColumn } from '@enxame/shared/tracker/catalogue-query';
import { isSteady } from '../catalogue-orders.js';
import type { Place } from '../catalogue-place.js';
import { tieColumn } from '../catalogue-rank.js';
import { compareText } from '../search-text.js';

type ComparePlaces = (left: Place, right: Place) => number;

/** Ids are compared as bytes, as the table compares them. */
const byId: ComparePlaces = (left, right) => Buffer.compare(left.id, right.id);
const byName: ComparePlaces = (left, right) => compareText(left.nameKey, right.nameKey) || byId(left, right);
const steady: Readonly<Record<Exclude<SortColumn, 'sources' | 'relevance'>, ComparePlaces>> = {
  name: byName,
  size: (left, right) => left.size - right.size || byId(left, right),
  addedAt: (left, right) => left.addedAt - right.addedAt || byId(left, right),
  owner: (left, right) => compareText(left.ownerKey, right.ownerKey) || byName(left, right),
};

/** The ascending order of a column between places of whichever entries: total, and the same as that of the catalogue. */
export function createComparePlaces(column: SortColumn): ComparePlaces {
  if (isSteady(column)) return steady[column];
  return (left, right) => left.rank - right.rank || steady[tieColumn](left, right);
}
