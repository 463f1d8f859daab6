import type { EntryId } from '@enxame/shared/ids';
import type { CatalogueChange } from './catalogue-store.js';
import type { StoredEntry } from './stored-entry.js';

/** One user's catalogue as it will be after the changes made here. */
export interface CatalogueDraft {
  readonly size: number;
  get(id: EntryId): StoredEntry | undefined;
  put(entry: StoredEntry): void;
  remove(id: EntryId): void;
  /** What differs from what the draft began with. */
  toChange(): CatalogueChange;
}

export function createCatalogueDraft(before: {
  readonly size: number;
  get(id: EntryId): StoredEntry | undefined;
}): CatalogueDraft {
  const changed = new Map<EntryId, StoredEntry | undefined>();
  let size = before.size;

  const get = (id: EntryId): StoredEntry | undefined => (changed.has(id) ? changed.get(id) : before.get(id));

  return {
    get size() {
      return size;
    },
    get,
    put: (entry) => {
      if (!get(entry.id)) size++;
      changed.set(entry.id, entry);
    },
    remove: (id) => {
      if (!get(id)) return;
      size--;
      changed.set(id, undefined);
    },
    toChange: () => {
      const put: StoredEntry[] = [];
      const remove: EntryId[] = [];
      for (const [id, entry] of changed) {
        if (entry) put.push(entry);
        else if (before.get(id)) remove.push(id);
      }
      return { put, remove };
    },
  };
}
