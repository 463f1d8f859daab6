import type { EntryId } from '@enxame/shared/ids';
import type { CatalogueChange } from './catalogue-store.js';
import type { StoredEntry } from './stored-entry.js';

/** One user's catalogue as it will be after the changes made here. */
export interface CatalogueDraft {
  readonly size: number;
  /** How many of them are for chosen people only. */
  readonly restricted: number;
  get(id: EntryId): StoredEntry | undefined;
  put(entry: StoredEntry): void;
  remove(id: EntryId): void;
  /** What was put or removed since the last call. */
  takeTouchedIds(): EntryId[];
  /** What differs from what the draft began with. */
  toChange(): CatalogueChange;
}

export function createCatalogueDraft(before: {
  readonly size: number;
  readonly restricted: number;
  has(id: EntryId): boolean;
  get(id: EntryId): StoredEntry | undefined;
}): CatalogueDraft {
  const changed = new Map<EntryId, StoredEntry | undefined>();
  let touched: EntryId[] = [];
  let { size, restricted } = before;

  const get = (id: EntryId): StoredEntry | undefined => (changed.has(id) ? changed.get(id) : before.get(id));

  return {
    get size() {
      return size;
    },
    get restricted() {
      return restricted;
    },
    get,
    put: (entry) => {
      const known = get(entry.id);
      if (!known) size++;
      restricted += Number(entry.audience !== undefined) - Number(known?.audience !== undefined);
      changed.set(entry.id, entry);
      touched.push(entry.id);
    },
    remove: (id) => {
      const known = get(id);
      if (!known) return;
      size--;
      if (known.audience) restricted--;
      changed.set(id, undefined);
      touched.push(id);
    },
    takeTouchedIds: () => {
      const ids = touched;
      touched = [];
      return ids;
    },
    toChange: () => {
      const put: StoredEntry[] = [];
      const remove: EntryId[] = [];
      let outdated = 0;
      for (const [id, entry] of changed) {
        const isKnown = before.has(id);
        if (entry) put.push(entry);
        else if (isKnown) remove.push(id);
        if (isKnown) outdated += entry ? 1 : 2;
      }
      return { put, remove, outdated };
    },
  };
}
