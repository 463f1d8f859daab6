import { join } from 'node:path';
import type { OnBroken } from '@enxame/storage/json-document';
import { savedSearchRecordSchema, type SavedSearchRecords } from '../domain/saved-search-record.js';
import { openRecords } from './open-records.js';

export const searchesFile = 'searches.jsonl';

/** Saved searches in a journal. */
export async function openSearchRecords(
  dataFolder: string,
  onBroken: OnBroken,
): Promise<SavedSearchRecords & { close(): Promise<void> }> {
  const records = await openRecords(join(dataFolder, searchesFile), savedSearchRecordSchema, onBroken);
  return {
    values: () => records.values(),
    set: (record) => records.set(record.id, record),
    delete: ({ id }) => records.delete(id),
    close: () => records.close(),
  };
}
