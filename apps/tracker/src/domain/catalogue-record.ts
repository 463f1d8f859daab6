import type { EntryId } from '@enxame/shared/ids';
import type { sortColumns } from '@enxame/shared/tracker/catalogue-query';
import type { CatalogueRow } from '@enxame/shared/tracker/entry';
import type { PersonRecord } from './person.js';
import { compareText, foldText, toSortKey } from './search-text.js';
import type { StoredEntry } from './stored-entry.js';

/** An entry in the index, with what searching and sorting it needs, computed once. Only the index changes it. */
export interface CatalogueRecord {
  readonly id: EntryId;
  readonly owner: PersonRecord;
  /** Replaced, never mutated: another object is another state. */
  entry: StoredEntry;
  searchText: string;
  sortKey: string;
  /** How many devices can serve the content now. */
  sources: number;
  /** Computed when a device first compares. */
  fingerprint: string | undefined;
}

export function createCatalogueRecord(entry: StoredEntry, owner: PersonRecord): CatalogueRecord {
  const record = { id: entry.id, owner, entry, searchText: '', sortKey: '', sources: 0, fingerprint: undefined };
  setRecordEntry(record, entry);
  return record;
}

export function setRecordEntry(record: CatalogueRecord, entry: StoredEntry): void {
  record.entry = entry;
  record.searchText = foldText(entry.name);
  record.sortKey = toSortKey(entry.name);
  record.fingerprint = undefined;
}

export function toCatalogueRow(record: CatalogueRecord): CatalogueRow {
  const { id, contentId, name, size, sha256, addedAt } = record.entry;
  const owner = { id: record.owner.id, name: record.owner.name, online: record.owner.online };
  return { id, contentId, name, size, sha256, addedAt, owner, sources: record.sources };
}

export type SortColumn = (typeof sortColumns)[number];
type Compare = (left: CatalogueRecord, right: CatalogueRecord) => number;

/** Ends every order, so that no two records tie and windows never shuffle. */
const byId: Compare = (left, right) => compareText(left.id, right.id);
const byName: Compare = (left, right) => compareText(left.sortKey, right.sortKey) || byId(left, right);

/** The ascending order of each column. Only `sources` changes without a change of the entry. */
export const recordOrders: Readonly<Record<SortColumn, Compare>> = {
  name: byName,
  size: (left, right) => left.entry.size - right.entry.size || byId(left, right),
  owner: (left, right) => compareText(left.owner.sortKey, right.owner.sortKey) || byName(left, right),
  addedAt: (left, right) => left.entry.addedAt - right.entry.addedAt || byId(left, right),
  sources: (left, right) => left.sources - right.sources || byId(left, right),
  relevance: (left, right) => left.sources - right.sources || byId(left, right),
};
