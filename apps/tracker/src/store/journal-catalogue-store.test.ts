import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { UserId } from '@enxame/shared/ids';
import { appendDurably } from '@enxame/storage/append-file';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStoredEntry, testCatalogueStore } from '../domain/catalogue-store-contract.js';
import type { CatalogueChange, CatalogueStore } from '../domain/catalogue-store.js';
import type { StoredEntry } from '../domain/stored-entry.js';
import { createTestUser } from '../test-kit/test-user.js';
import { createJournalCatalogueStore } from './journal-catalogue-store.js';

const createFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'enxame-catalogues-'));
const remove = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

testCatalogueStore('journal', async () => {
  const folder = await createFolder();
  const onBroken = (notice: EnxameError): never => {
    throw notice;
  };
  return { open: () => createJournalCatalogueStore(folder, { onBroken }), remove: () => remove(folder) };
});

const ana = createTestUser().userId;
const rui = createTestUser().userId;
const put = (...entries: StoredEntry[]): CatalogueChange => ({ put: entries, remove: [], outdated: 0 });

let folder: string;
let notices: EnxameError[];
let full: boolean;
let appended: number[];
let store: CatalogueStore;
const pathOf = (userId: UserId): string => join(folder, 'catalogues', `${userId}.jsonl`);

function createStore(): CatalogueStore {
  return createJournalCatalogueStore(folder, {
    now: () => 42,
    onBroken: (notice) => notices.push(notice),
    appendFile: async (path, end, data) => {
      // As a full disk does it: a part is written, then there is no more room.
      if (full) {
        await appendDurably(path, end, data.subarray(0, data.length - 3));
        throw new EnxameError('disk-full', { folder });
      }
      appended.push(end);
      await appendDurably(path, end, data);
    },
  });
}

async function readAgain(userId: UserId): Promise<readonly StoredEntry[]> {
  const other = createStore();
  await other.open();
  return other.read(userId);
}

beforeEach(async () => {
  folder = await createFolder();
  [notices, full, appended] = [[], false, []];
  store = createStore();
  await store.open();
});
afterEach(() => remove(folder));

describe('journals of catalogues', () => {
  const [first, second, third] = [createStoredEntry('1'), createStoredEntry('2'), createStoredEntry('3')];

  it('T30: write what a change changes, once for all that came together', async () => {
    await store.commit(ana, put(first));
    const { size } = await stat(pathOf(ana));
    await Promise.all([store.commit(ana, put(second)), store.commit(ana, put(third)), store.commit(rui, put(first))]);
    expect(appended.filter((end) => end > 0)).toEqual([
      size,
      size * 2 - appended.length + appended.length - headBytes(),
    ]);
    expect(await readAgain(ana)).toEqual([first, second, third]);
    function headBytes(): number {
      return JSON.stringify({ version: 2, userId: ana }).length + 1;
    }
  });

  it('T30: have the whole of a change that a crash cut short, or nothing of it', async () => {
    await store.commit(ana, put(first));
    const before = (await stat(pathOf(ana))).size;
    await store.commit(ana, { put: [second, third], remove: [first.id], outdated: 2 });
    const { size } = await stat(pathOf(ana));
    const whole = await readFile(pathOf(ana));
    for (let length = 0; length < size; length += 7) {
      await writeFile(pathOf(ana), whole.subarray(0, length));
      expect(await readAgain(ana)).toEqual(length >= before ? [first] : []);
    }
    expect(notices).toEqual([]);
  });

  it('T30: go on behind what counts after a crash', async () => {
    await store.commit(ana, put(first));
    await appendFile(pathOf(ana), '{"put":{"id":"abc');
    const again = createStore();
    await again.open();
    await again.read(ana);
    await again.commit(ana, put(second));
    expect(await readAgain(ana)).toEqual([first, second]);
  });

  it('T15: refuse while the disk is full, also the changes that share the write, without any trace', async () => {
    await store.commit(ana, put(first));
    full = true;
    const refused = await Promise.allSettled([
      store.commit(ana, put(second)),
      store.commit(ana, { put: [], remove: [first.id], outdated: 2 }),
      store.commit(ana, put(second)),
    ]);
    for (const result of refused) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'tracker-storage-full' } });
    }
    expect(await readAgain(ana)).toEqual([first]);
    full = false;
    await store.commit(ana, put(third));
    expect(await readAgain(ana)).toEqual([first, third]);
  });

  it('T31: set a damaged line aside and tell it; the rest is there', async () => {
    await store.commit(ana, put(first));
    await store.commit(ana, put(second));
    await appendFile(pathOf(ana), '{"put":{"id":"x"}}\nnonsense\n');
    expect(await readAgain(ana)).toEqual([first, second]);
    expect(notices).toMatchObject([{ code: 'document-broken', params: { file: `${ana}.jsonl` } }]);
    expect(await readFile(`${pathOf(ana)}.broken-42`, 'utf8')).toBe('{"put":{"id":"x"}}\nnonsense');
    expect(await readAgain(ana)).toEqual([first, second]);
    expect(notices).toHaveLength(1);
  });

  it('T31: set a file under another user’s name aside', async () => {
    await store.commit(ana, put(first));
    await writeFile(pathOf(rui), await readFile(pathOf(ana)));
    expect([await readAgain(rui), await readAgain(ana)]).toEqual([[], [first]]);
    expect(notices).toHaveLength(1);
    expect(await readdir(join(folder, 'catalogues'))).toContain(`${rui}.jsonl.broken-42`);
  });

  it('T30: are written anew when most of their lines no longer count', async () => {
    await store.commit(ana, put(first));
    for (let index = 0; index < 1100; index++) await store.commit(ana, { ...put(second), outdated: index > 0 ? 1 : 0 });
    await store.commit(ana, put(third));
    await store.close();
    expect((await readFile(pathOf(ana), 'utf8')).split('\n').length).toBeLessThan(120);
    expect(await readAgain(ana)).toEqual([first, second, third]);
  });

  it('T30: become journals of the documents of version 1, of which nothing is lost', async () => {
    const eva = createTestUser().userId;
    const document = (userId: UserId, entries: StoredEntry[]): string =>
      JSON.stringify({ version: 1, userId, entries });
    await mkdir(join(folder, 'catalogues'), { recursive: true });
    await writeFile(join(folder, 'catalogues', `${ana}.json`), document(ana, [first, second]));
    await writeFile(join(folder, 'catalogues', `${rui}.json`), document(rui, [third]).slice(0, -9));
    // The start before ended between the journal and the end of the document.
    await store.commit(eva, put(third));
    await writeFile(join(folder, 'catalogues', `${eva}.json`), document(eva, [first]));
    expect([await readAgain(ana), await readAgain(rui), await readAgain(eva)]).toEqual([[first, second], [], [third]]);
    expect(notices).toMatchObject([{ code: 'document-broken', params: { file: `${rui}.json` } }]);
    const files = (await readdir(join(folder, 'catalogues'))).filter((file) => file.endsWith('.json'));
    expect(files).toEqual([]);
    await truncate(pathOf(ana), 0);
  });
});
