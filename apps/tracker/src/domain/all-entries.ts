import type { ContentId, EntryId, UserId } from '@enxame/shared/ids';
import type { CatalogueIndex } from './catalogue-index.js';
import type { CatalogueRecord } from './catalogue-record.js';
import type { CatalogueChange } from './catalogue-store.js';
import type { PersonRecord } from './person.js';
import type { RestrictedEntries } from './restricted/restricted-entries.js';
import type { RestrictedEntry } from './restricted/restricted-entry.js';
import type { StoredEntry } from './stored-entry.js';

/**
 * Every entry, whoever may see it: for what its owner changes, takes away or exports, and for who looks after the
 * tracker. Never for an answer to somebody else.
 */
export interface AllEntries {
  get(id: EntryId): CatalogueRecord | undefined;
  ownerOf(id: EntryId): PersonRecord | undefined;
  entriesOf(contentId: ContentId): CatalogueRecord[];
  ownedBy(userId: UserId): CatalogueRecord[];
  countOf(owner: PersonRecord): number;
  /** How many of them are for chosen people. */
  countRestricted(owner: PersonRecord): number;
  /** Makes both parts what is on disk now; an entry is in one of them. */
  apply(owner: PersonRecord, change: CatalogueChange): Promise<void>;
}

export function createAllEntries(index: CatalogueIndex, restricted: RestrictedEntries): AllEntries {
  const recordOf = ({ entry, owner }: RestrictedEntry): CatalogueRecord => ({ id: entry.id, owner, entry, sources: 0 });
  const restrictedRecords = (found: Iterable<RestrictedEntry>): CatalogueRecord[] => Array.from(found, recordOf);

  return {
    get: (id) => {
      const found = restricted.get(id);
      return found ? recordOf(found) : index.get(id);
    },
    ownerOf: (id) => restricted.get(id)?.owner ?? index.ownerOf(id),
    entriesOf: (contentId) => [...index.entriesOf(contentId), ...restrictedRecords(restricted.ofContent(contentId))],
    ownedBy: (userId) => [...index.ownedBy(userId), ...restrictedRecords(restricted.ofOwner(userId))],
    countOf: (owner) => index.countOf(owner) + restricted.ofOwner(owner.id).size,
    countRestricted: (owner) => restricted.ofOwner(owner.id).size,
    apply: async (owner, { put, remove, outdated }) => {
      const isRestricted = ({ audience }: StoredEntry): boolean => audience !== undefined;
      const open = put.filter((entry) => !isRestricted(entry));
      const closed = put.filter(isRestricted);
      for (const { id } of open) restricted.remove(id, owner);
      for (const id of remove) restricted.remove(id, owner);
      // What is no longer for everybody leaves the catalogue before it is anywhere else.
      const left = closed.filter(({ id }) => index.ownerOf(id) === owner).map(({ id }) => id);
      await index.apply(owner, { put: open, remove: left.length > 0 ? [...remove, ...left] : remove, outdated });
      for (const entry of closed) restricted.put(entry, owner);
    },
  };
}
