import { entryIdSchema, userIdSchema } from '@enxame/shared/ids';
import { catalogueQuerySchema } from '@enxame/shared/tracker/catalogue-query';
import { maxFoundShown, maxSearchNameChars, savedSearchIdSchema } from '@enxame/shared/tracker/saved-search';
import { z } from 'zod';

/** A saved search as it is kept. Never changed: another one takes its place. */
export const savedSearchRecordSchema = z.object({
  id: savedSearchIdSchema,
  userId: userIdSchema,
  name: z.string().min(1).max(maxSearchNameChars),
  query: catalogueQuerySchema,
  savedAt: z.int(),
  unseen: z.int().min(0),
  /** The newest first. */
  found: z.array(entryIdSchema).max(maxFoundShown),
});
export type SavedSearchRecord = z.infer<typeof savedSearchRecordSchema>;

/** Where saved searches rest, by id. What is set is on disk when it resolves; what rejects is not to count. */
export interface SavedSearchRecords {
  values(): Iterable<SavedSearchRecord>;
  set(record: SavedSearchRecord): Promise<void>;
  delete(record: SavedSearchRecord): Promise<void>;
}

/** For as long as the process lives: for tests. */
export function createMemorySearchRecords(): SavedSearchRecords {
  const records = new Map<string, SavedSearchRecord>();
  return {
    values: () => records.values(),
    set: (record) => {
      records.set(record.id, record);
      return Promise.resolve();
    },
    delete: ({ id }) => {
      records.delete(id);
      return Promise.resolve();
    },
  };
}
