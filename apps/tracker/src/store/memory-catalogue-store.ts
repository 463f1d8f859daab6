import type { EntryId, UserId } from '@enxame/shared/ids';
import type { CatalogueStore } from '../domain/catalogue-store.js';
import { toEntryColumns } from '../domain/entry-columns.js';
import { splitByAudience, type StoredEntry } from '../domain/stored-entry.js';

/** Catalogues for as long as the process lives: for tests. */
export function createMemoryCatalogueStore(catalogues = new Map<UserId, Map<EntryId, StoredEntry>>()): CatalogueStore {
  const entriesOf = (userId: UserId): StoredEntry[] => [...(catalogues.get(userId)?.values() ?? [])];
  return {
    open: () => Promise.resolve(),
    read: (userId) => Promise.resolve(entriesOf(userId)),
    readAll: async function* (userIds) {
      for (const userId of userIds) {
        const { open, restricted } = splitByAudience(entriesOf(userId));
        yield await Promise.resolve({ userId, columns: toEntryColumns(open), restricted });
      }
    },
    commit: (userId, { put, remove }) => {
      const entries = catalogues.get(userId) ?? new Map<EntryId, StoredEntry>();
      for (const id of remove) entries.delete(id);
      for (const entry of put) entries.set(entry.id, entry);
      catalogues.set(userId, entries);
      return Promise.resolve();
    },
    forget: (userId) => {
      catalogues.delete(userId);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}
