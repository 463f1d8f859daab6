import type { z } from 'zod';
import { openJournal, type Journal } from '@enxame/storage/journal';
import type { OnBroken } from '@enxame/storage/json-document';
import { toStorageError } from './storage-error.js';

/**
 * The records of one concern in a journal. A change that the disk refused is taken back, so that nobody is shown what is
 * not there and no later write brings it. Throws `tracker-storage-full`.
 */
export async function openRecords<T>(path: string, schema: z.ZodType<T>, onBroken: OnBroken): Promise<Journal<T>> {
  const journal = await openJournal(path, schema, onBroken);

  async function change(key: string, after: T | undefined): Promise<void> {
    const before = journal.get(key);
    try {
      await (after === undefined ? journal.delete(key) : journal.set(key, after));
    } catch (error) {
      if (journal.get(key) === after) {
        // The disk takes this as little as it took that: what counts is what the journal holds when it is written anew.
        await (before === undefined ? journal.delete(key) : journal.set(key, before)).catch(() => undefined);
      }
      throw toStorageError(error);
    }
  }

  return {
    get: (key) => journal.get(key),
    values: () => journal.values(),
    get size() {
      return journal.size;
    },
    set: change,
    delete: (key) => change(key, undefined),
    close: () => journal.close(),
  };
}
