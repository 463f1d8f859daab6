import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { userIdSchema, type EntryId, type UserId } from '@enxame/shared/ids';
import { removeLeftovers } from '@enxame/storage/leftovers';
import { Low } from 'lowdb';
import { z } from 'zod';
import { createBatches, type Batches } from '../domain/batches.js';
import type { CatalogueChange, CatalogueStore } from '../domain/catalogue-store.js';
import { storedEntrySchema, type StoredEntry } from '../domain/stored-entry.js';
import { createDocumentAdapter, type DocumentOptions } from './document-adapter.js';
import { toJsonLines } from './json-lines.js';
import { toStorageError } from './storage-error.js';

const documentSchema = z.object({ version: z.literal(1), userId: userIdSchema, entries: z.array(storedEntrySchema) });
type CatalogueDocument = z.infer<typeof documentSchema>;

interface Shelf {
  readonly db: Low<CatalogueDocument>;
  readonly batches: Batches<CatalogueChange>;
}

/**
 * Catalogues in `catalogues/<userId>.json`, one document for each user. What is in memory is what is on disk: a write
 * that fails takes its change back.
 */
export function createLowdbCatalogueStore(dataFolder: string, options: DocumentOptions): CatalogueStore {
  const folder = join(dataFolder, 'catalogues');
  const shelves = new Map<UserId, Shelf>();

  function createShelf(userId: UserId): Shelf {
    const adapter = createDocumentAdapter(
      join(folder, `${userId}.json`),
      documentSchema.refine((document) => document.userId === userId),
      ({ version, entries }) => toJsonLines({ version, userId }, 'entries', entries),
      options,
    );
    const db = new Low<CatalogueDocument>(adapter, { version: 1, userId, entries: [] });
    return { db, batches: createBatches((changes: readonly CatalogueChange[]) => write(db, changes)) };
  }

  function shelfOf(userId: UserId): Shelf {
    let shelf = shelves.get(userId);
    if (!shelf) shelves.set(userId, (shelf = createShelf(userId)));
    return shelf;
  }

  return {
    load: async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await removeLeftovers(folder);
      const catalogues = new Map<UserId, readonly StoredEntry[]>();
      for (const file of await readdir(folder)) {
        const userId = userIdSchema.safeParse(file.replace(/\.json$/, ''));
        if (!file.endsWith('.json') || !userId.success) continue; // set aside, or not ours
        const { db } = shelfOf(userId.data);
        await db.read();
        catalogues.set(userId.data, db.data.entries);
      }
      return catalogues;
    },
    commit: (userId, change) => shelfOf(userId).batches.add(change),
    close: async () => {
      await Promise.all([...shelves.values()].map(({ batches }) => batches.idle()));
    },
  };
}

async function write(db: Low<CatalogueDocument>, changes: readonly CatalogueChange[]): Promise<void> {
  const before = db.data;
  const entries = new Map<EntryId, StoredEntry>(before.entries.map((entry) => [entry.id, entry]));
  for (const { put, remove } of changes) {
    for (const id of remove) entries.delete(id);
    for (const entry of put) entries.set(entry.id, entry);
  }
  db.data = { ...before, entries: [...entries.values()] };
  try {
    await db.write();
  } catch (error) {
    db.data = before;
    throw toStorageError(error);
  }
}
