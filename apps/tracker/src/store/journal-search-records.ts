import { join } from 'node:path';
import { openJournal } from '@enxame/storage/journal';
import type { OnBroken } from '@enxame/storage/json-document';
import {
  savedSearchRecordSchema,
  type SavedSearchRecord,
  type SavedSearchRecords,
} from '../domain/saved-search-record.js';
import { toStorageError } from './storage-error.js';

export const searchesFile = 'searches.jsonl';

/** Saved searches in a journal. A change that the disk refused is taken back, so that no later write brings it. */
export async function openSearchRecords(
  dataFolder: string,
  onBroken: OnBroken,
): Promise<SavedSearchRecords & { close(): Promise<void> }> {
  const journal = await openJournal(join(dataFolder, searchesFile), savedSearchRecordSchema, onBroken);

  async function change(id: string, record: SavedSearchRecord | undefined): Promise<void> {
    const before = journal.get(id);
    try {
      await (record ? journal.set(id, record) : journal.delete(id));
    } catch (error) {
      // The disk takes this as little as it took that: what counts is what the journal holds when it is written anew.
      await (before ? journal.set(id, before) : journal.delete(id)).catch(() => undefined);
      throw toStorageError(error);
    }
  }

  return {
    values: () => journal.values(),
    set: (record) => change(record.id, record),
    delete: ({ id }) => change(id, undefined),
    close: () => journal.close(),
  };
}
