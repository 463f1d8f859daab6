import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { EntryId, UserId } from '@enxame/shared/ids';
import { appendDurably } from '@enxame/storage/append-file';
import { flushFolder, removeFile, renameDurably, writeDurably } from '@enxame/storage/durable-file';
import { removeLeftovers } from '@enxame/storage/leftovers';
import { createBatches, type Batches } from '../domain/batches.js';
import type { CatalogueChange, CatalogueStore, ReadColumns } from '../domain/catalogue-store.js';
import { toEntryColumns } from '../domain/entry-columns.js';
import { splitByAudience, type StoredEntry } from '../domain/stored-entry.js';
import { unhurried, type Turns } from '../domain/turns.js';
import { readCatalogueLines, toChangeLines, toHeadLine, type ReadCatalogue } from './catalogue-lines.js';
import { startCatalogueThread, type CatalogueThread } from './catalogue-thread.js';
import type { DocumentOptions } from './document-adapter.js';
import { readInTwo } from './read-in-two.js';
import { migrateCatalogueDocuments } from './migrate-catalogues.js';
import { toStorageError } from './storage-error.js';

/** Lines that no longer count, beside as many as do, before a file is written anew. */
const wastedLines = 1000;

/** Where one user's file stands. */
interface Shelf {
  readonly path: string;
  /** The first bytes, which count. 0: there is no file. */
  end: number;
  /** Lines that count, and lines that did: put again or removed since. */
  lines: number;
  waste: number;
}

/**
 * Catalogues in `catalogues/<userId>.jsonl`: a change costs its own lines and a flush, which those that arrive together
 * share. Holds no entries: the index has them. A file of which most lines no longer count is written anew.
 */
export function createJournalCatalogueStore(
  dataFolder: string,
  options: DocumentOptions & {
    readonly turns?: Turns;
    readonly now?: () => number;
    /** The built catalogue-worker: where there is none, this thread reads all by itself. */
    readonly workerUrl?: URL | undefined;
  },
): CatalogueStore {
  const { onBroken, writeFile = writeDurably, appendFile = appendDurably } = options;
  const { turns = unhurried, now = Date.now } = options;
  const folder = join(dataFolder, 'catalogues');
  const shelves = new Map<UserId, Shelf>();
  const batchesOf = new Map<UserId, Batches<CatalogueChange | 'compact'>>();
  const compacting = new Set<UserId>();

  /** Reads a user's file, sets aside what is damaged, and remembers where the file stands. */
  async function readShelf(userId: UserId): Promise<{ shelf: Shelf; entries: ReadCatalogue['entries'] }> {
    const path = join(folder, `${userId}.jsonl`);
    const bytes = await readIfThere(path);
    const found = bytes && (await readCatalogueLines(bytes, userId, turns.begin()));
    if (bytes && !found) {
      const aside = `${path}.broken-${String(now())}`;
      await renameDurably(path, aside);
      onBroken(brokenNotice(userId, aside));
    }
    const entries: ReadCatalogue['entries'] = found?.entries ?? new Map<EntryId, StoredEntry>();
    const lines = found?.lines ?? 0;
    const shelf: Shelf = { path, end: found?.end ?? 0, lines: entries.size, waste: lines - entries.size };
    shelves.set(userId, shelf);
    if (found && found.broken.length > 0) {
      const aside = `${path}.broken-${String(now())}`;
      await writeDurably(aside, found.broken.join('\n'));
      onBroken(brokenNotice(userId, aside));
      await rewrite(userId, shelf, entries.values());
    }
    return { shelf, entries };
  }

  /** What is not sound is read again here, where it is set aside and told. */
  async function readColumns(userId: UserId, thread: CatalogueThread | undefined): Promise<ReadColumns> {
    const path = join(folder, `${userId}.jsonl`);
    const reply = await thread?.read({ path, userId });
    if (!reply?.sound) {
      const { open, restricted } = splitByAudience((await readShelf(userId)).entries.values());
      return { userId, columns: toEntryColumns(open), restricted };
    }
    const { columns, restricted, lines, end } = reply;
    const count = columns.count + restricted.length;
    shelves.set(userId, { path, end, lines: count, waste: lines - count });
    return { userId, columns, restricted };
  }

  async function rewrite(userId: UserId, shelf: Shelf, entries: Iterable<StoredEntry>): Promise<void> {
    const turn = turns.begin();
    const parts = [Buffer.from(toHeadLine(userId))];
    for (const entry of entries) {
      parts.push(Buffer.from(`${JSON.stringify({ put: entry })}\n`));
      if (turn.isDue()) await turn.next();
    }
    const bytes = Buffer.concat(parts);
    await writeFile(shelf.path, bytes);
    shelf.end = bytes.length;
    shelf.lines = parts.length - 1;
    shelf.waste = 0;
  }

  async function compact(userId: UserId): Promise<void> {
    try {
      const { shelf, entries } = await readShelf(userId);
      await rewrite(userId, shelf, entries.values());
    } catch {
      // The file is what it was and nobody waits for this: it is tried again after as many changes. That the disk
      // takes nothing is seen by whoever counts writes.
      const shelf = shelves.get(userId);
      if (shelf) shelf.waste = 0;
    }
  }

  async function run(userId: UserId, batch: readonly (CatalogueChange | 'compact')[]): Promise<void> {
    const shelf = shelves.get(userId) ?? (await readShelf(userId)).shelf;
    const changes = batch.filter((item) => item !== 'compact');
    if (changes.length > 0) {
      const head = Buffer.from(shelf.end === 0 ? toHeadLine(userId) : '');
      const bytes = Buffer.concat([head, await toChangeLines(changes, turns.begin())]);
      try {
        await appendFile(shelf.path, shelf.end, bytes);
      } catch (error) {
        throw toStorageError(error);
      }
      shelf.end += bytes.length;
      for (const { put, remove, outdated } of changes) {
        shelf.lines += put.length + remove.length - outdated;
        shelf.waste += outdated;
      }
    }
    if (batch.includes('compact')) await compact(userId);
  }

  function batchesFor(userId: UserId): Batches<CatalogueChange | 'compact'> {
    let batches = batchesOf.get(userId);
    if (!batches) {
      batches = createBatches((batch: readonly (CatalogueChange | 'compact')[]) => run(userId, batch));
      batchesOf.set(userId, batches);
    }
    return batches;
  }

  return {
    open: async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await removeLeftovers(folder);
      await migrateCatalogueDocuments(folder, { onBroken, writeFile });
    },
    read: async (userId) => [...(await readShelf(userId)).entries.values()],
    readAll: async function* (userIds) {
      const thread = options.workerUrl && userIds.length > 1 ? startCatalogueThread(options.workerUrl) : undefined;
      try {
        yield* readInTwo(userIds, {
          there: thread && ((userId) => readColumns(userId, thread)),
          here: (userId) => readColumns(userId, undefined),
        });
      } finally {
        await thread?.close();
      }
    },
    commit: async (userId, change) => {
      const batches = batchesFor(userId);
      await batches.add(change);
      const shelf = shelves.get(userId);
      if (!shelf || shelf.waste <= wastedLines + shelf.lines || compacting.has(userId)) return;
      compacting.add(userId);
      // Acknowledged already: what comes meanwhile waits, this change does not. What comes with it may fail; compacting
      // itself does not.
      void batches.add('compact').then(done, done);
      function done(): void {
        compacting.delete(userId);
      }
    },
    forget: async (userId) => {
      await batchesOf.get(userId)?.idle();
      shelves.delete(userId);
      await removeFile(join(folder, `${userId}.jsonl`));
      await flushFolder(folder);
    },
    close: async () => {
      await Promise.all([...batchesOf.values()].map((batches) => batches.idle()));
    },
  };

  function brokenNotice(userId: UserId, aside: string): EnxameError {
    return new EnxameError('document-broken', { file: `${userId}.jsonl`, aside: aside.slice(folder.length + 1) });
  }
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
