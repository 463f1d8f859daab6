import type { EntryId } from '@enxame/shared/ids';
import type { CatalogueRow } from '@enxame/shared/tracker/entry';
import type { EntryTable } from './entry-table.js';
import type { PersonRecord } from './person.js';
import type { StoredEntry } from './stored-entry.js';

/** An entry as the index has it at one moment: made when it is asked for, and never changed. */
export interface CatalogueRecord {
  readonly id: EntryId;
  readonly owner: PersonRecord;
  readonly entry: StoredEntry;
  /** How many devices can serve the content now. */
  readonly sources: number;
}

export function toCatalogueRecord(table: EntryTable, row: number): CatalogueRecord {
  const entry = table.entryOf(row);
  return { id: entry.id, owner: table.ownerOf(row), entry, sources: table.sourcesOf(table.contentOf(row)) };
}

export function toCatalogueRow(record: CatalogueRecord): CatalogueRow {
  const { devices: _devices, audience, ...entry } = record.entry;
  const owner = { id: record.owner.id, name: record.owner.name, online: record.owner.online };
  return { ...entry, owner, sources: record.sources, ...(audience && { restricted: true }) };
}
