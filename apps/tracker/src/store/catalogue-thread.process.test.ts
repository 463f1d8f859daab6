import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ReadColumns } from '../domain/catalogue-store.js';
import { createStoredEntry } from '../domain/catalogue-store-contract.js';
import { createTestUser } from '../test-kit/test-user.js';
import { createJournalCatalogueStore } from './journal-catalogue-store.js';

const workerUrl = new URL('../../dist/store/catalogue-worker.js', import.meta.url);
const users = Array.from({ length: 12 }, () => createTestUser().userId);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-thread-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function readAll(workerOrNone: URL | undefined): Promise<{ read: ReadColumns[]; told: string[] }> {
  const told: string[] = [];
  const onBroken = (notice: { readonly code: string }): void => void told.push(notice.code);
  const store = createJournalCatalogueStore(folder, { onBroken, workerUrl: workerOrNone });
  await store.open();
  const read: ReadColumns[] = [];
  for await (const columns of store.readAll(users)) read.push(columns);
  await store.close();
  return { read, told };
}

it('T30, T31: the thread reads what the tracker itself reads, and leaves to it what is damaged', async () => {
  const store = createJournalCatalogueStore(folder, { onBroken: () => undefined });
  await store.open();
  for (const [index, userId] of users.entries()) {
    if (index === 3) continue; // without a catalogue
    const put = Array.from({ length: 1 + 30 * index }, (_, nth) => createStoredEntry(`Relação ${String(nth)}.pdf`));
    const folderEntry = {
      ...createStoredEntry('fotos'),
      collection: { files: 2, documentBytes: 99 },
      sha256: 'ab'.repeat(32),
    };
    await store.commit(userId, { put: [...put, folderEntry], remove: [], outdated: 0 });
    await store.commit(userId, { put: [], remove: put.slice(0, index).map(({ id }) => id), outdated: 2 * index });
  }
  await store.close();
  const byItself = await readAll(undefined);
  expect(await readAll(workerUrl)).toEqual(byItself);
  expect(byItself.told).toEqual([]);

  await appendFile(join(folder, 'catalogues', `${String(users[5])}.jsonl`), 'nonsense\n');
  await writeFile(join(folder, 'catalogues', `${String(users[7])}.jsonl`), 'not a catalogue\n');
  const damaged = await readAll(workerUrl);
  expect(damaged.told).toEqual(['document-broken', 'document-broken']);
  expect(damaged.read.map(({ columns }) => columns.count)).toEqual(
    byItself.read.map(({ columns }, index) => (index === 7 ? 0 : columns.count)),
  );
});

it('a thread that fails, fails the start', async () => {
  await mkdir(join(folder, 'catalogues'));
  const noSuchFile = new URL('../../dist/store/no-such-worker.js', import.meta.url);
  await expect(readAll(noSuchFile)).rejects.toThrow('no-such-worker');
});
