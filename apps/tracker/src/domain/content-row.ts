import { maxOwnersShown, type CatalogueRow, type ContentOwner } from '@enxame/shared/tracker/entry';
import { toCatalogueRecord, toCatalogueRow } from './catalogue-record.js';
import type { EntryTable } from './entry-table.js';
import type { PersonRecord } from './person.js';

/** Entries of one content that are looked at: what thousands share is shared by “1000 people”. */
const maxLookedAt = 1000;

/** The row of an entry that stands for its content, with those who share it: the entry's owner, then who is online. (T70) */
export function toContentRow(table: EntryTable, row: number): CatalogueRow {
  const rowOf = new Map<PersonRecord, number>([[table.ownerOf(row), row]]);
  let looked = 0;
  for (const other of table.rowsOfContent(table.contentOf(row))) {
    if (++looked > maxLookedAt) break;
    const owner = table.ownerOf(other);
    if (!rowOf.has(owner)) rowOf.set(owner, other);
  }
  const [own, ...others] = [...rowOf];
  const ranked = [...others.filter(([owner]) => owner.online), ...others.filter(([owner]) => !owner.online)];
  return {
    ...toCatalogueRow(toCatalogueRecord(table, row)),
    owners: rowOf.size,
    ownedBy: [...(own ? [own] : []), ...ranked].slice(0, maxOwnersShown).map(([owner, other]) => toOwner(owner, other)),
  };

  function toOwner({ id, name, online }: PersonRecord, other: number): ContentOwner {
    return { id, name, online, entryId: table.idOf(other), entryName: table.nameOf(other) };
  }
}
