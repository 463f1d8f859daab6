import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { writeDurably } from '@enxame/storage/durable-file';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStoredEntry, testCatalogueStore } from '../domain/catalogue-store-contract.js';
import { createUser, testUserStore } from '../domain/user-store-contract.js';
import type { DocumentOptions } from './document-adapter.js';
import { createLowdbCatalogueStore } from './lowdb-catalogue-store.js';
import { createLowdbUserStore } from './lowdb-user-store.js';

const createFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'enxame-stores-'));
const remove = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });
const failOnBroken = (notice: EnxameError): never => {
  throw notice;
};

testUserStore('lowdb', async () => {
  const folder = await createFolder();
  return { open: () => createLowdbUserStore(folder, { onBroken: failOnBroken }), remove: () => remove(folder) };
});

testCatalogueStore('lowdb', async () => {
  const folder = await createFolder();
  return { open: () => createLowdbCatalogueStore(folder, { onBroken: failOnBroken }), remove: () => remove(folder) };
});

describe('documents on a disk that fails', () => {
  let folder: string;
  let full: boolean;
  let notices: EnxameError[];
  let options: DocumentOptions;
  beforeEach(async () => {
    folder = await createFolder();
    full = false;
    notices = [];
    options = {
      onBroken: (notice) => notices.push(notice),
      writeFile: (path, data) => {
        if (full) return Promise.reject(new EnxameError('disk-full', { folder }));
        return writeDurably(path, data);
      },
    };
  });
  afterEach(() => remove(folder));
  const ana = createUser('Ana');

  it('T15: users: refuse while the disk is full, without any trace, and go on when there is room', async () => {
    const store = createLowdbUserStore(folder, options);
    await store.load();
    await store.put([ana]);
    full = true;
    await expect(store.put([createUser('Rui')])).rejects.toMatchObject({ code: 'tracker-storage-full' });
    full = false;
    await store.put([createUser('Eva')]);
    const again = await createLowdbUserStore(folder, options).load();
    expect(again.map(({ name }) => name)).toEqual(['Ana', 'Eva']);
  });

  it('T15: catalogues: the same, also for the changes that share the write', async () => {
    const store = createLowdbCatalogueStore(folder, options);
    await store.load();
    const [first, second, third] = [createStoredEntry('1'), createStoredEntry('2'), createStoredEntry('3')];
    await store.commit(ana.id, { put: [first], remove: [] });
    full = true;
    const refused = await Promise.allSettled([
      store.commit(ana.id, { put: [second], remove: [] }),
      store.commit(ana.id, { put: [], remove: [first.id] }),
      store.commit(ana.id, { put: [second], remove: [] }),
    ]);
    for (const result of refused) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'tracker-storage-full' } });
    }
    full = false;
    await store.commit(ana.id, { put: [third], remove: [] });
    expect((await createLowdbCatalogueStore(folder, options).load()).get(ana.id)).toEqual([first, third]);
  });

  it('T15: another failure of the disk names no folder to others', async () => {
    const store = createLowdbUserStore(folder, {
      ...options,
      writeFile: () => Promise.reject(new EnxameError('folder-not-writable', { folder })),
    });
    await store.load();
    await expect(store.put([ana])).rejects.not.toBeInstanceOf(EnxameError);
  });

  it('T15: a damaged document is set aside and told; the other users’ catalogues are there', async () => {
    const store = createLowdbCatalogueStore(folder, options);
    await store.load();
    const rui = createUser('Rui');
    await store.commit(ana.id, { put: [createStoredEntry('1')], remove: [] });
    await store.commit(rui.id, { put: [createStoredEntry('2')], remove: [] });
    const path = join(folder, 'catalogues', `${ana.id}.json`);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.slice(0, -20));
    const loaded = await createLowdbCatalogueStore(folder, options).load();
    expect([loaded.get(ana.id), loaded.get(rui.id)?.length]).toEqual([[], 1]);
    expect(notices).toMatchObject([{ code: 'document-broken', params: { file: `${ana.id}.json` } }]);
    const aside = (await readdir(join(folder, 'catalogues'))).find((file) => file.includes('.broken-'));
    expect(await readFile(join(folder, 'catalogues', aside ?? ''), 'utf8')).toBe(text.slice(0, -20));
  });

  it('T15: a catalogue under another user’s name is damaged too', async () => {
    const store = createLowdbCatalogueStore(folder, options);
    await store.load();
    await store.commit(ana.id, { put: [createStoredEntry('1')], remove: [] });
    const other = createUser('Rui').id;
    const text = await readFile(join(folder, 'catalogues', `${ana.id}.json`), 'utf8');
    await writeFile(join(folder, 'catalogues', `${other}.json`), text);
    const loaded = await createLowdbCatalogueStore(folder, options).load();
    expect([loaded.get(ana.id)?.length, loaded.get(other)]).toEqual([1, []]);
    expect(notices).toHaveLength(1);
  });
});
