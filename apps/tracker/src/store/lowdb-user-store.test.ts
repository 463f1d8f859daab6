import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { writeDurably } from '@enxame/storage/durable-file';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createUser, testUserStore } from '../domain/user-store-contract.js';
import { createLowdbUserStore } from './lowdb-user-store.js';

const createFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'enxame-stores-'));
const remove = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });
const onBroken = (notice: EnxameError): never => {
  throw notice;
};

testUserStore('lowdb', async () => {
  const folder = await createFolder();
  return { open: () => createLowdbUserStore(folder, { onBroken }), remove: () => remove(folder) };
});

describe('the users document on a disk that fails', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await createFolder();
  });
  afterEach(() => remove(folder));
  const ana = createUser('Ana');

  it('T15: refuses while the disk is full, without any trace, and goes on when there is room', async () => {
    let full = false;
    const writeFile = (path: string, data: Uint8Array): Promise<void> =>
      full ? Promise.reject(new EnxameError('disk-full', { folder })) : writeDurably(path, data);
    const store = createLowdbUserStore(folder, { onBroken, writeFile });
    await store.load();
    await store.put([ana]);
    full = true;
    await expect(store.put([createUser('Rui')])).rejects.toMatchObject({ code: 'tracker-storage-full' });
    full = false;
    await store.put([createUser('Eva')]);
    const again = await createLowdbUserStore(folder, { onBroken }).load();
    expect(again.map(({ name }) => name)).toEqual(['Ana', 'Eva']);
  });

  it('T15: another failure of the disk names no folder to others', async () => {
    const writeFile = (): Promise<void> => Promise.reject(new EnxameError('folder-not-writable', { folder }));
    const store = createLowdbUserStore(folder, { onBroken, writeFile });
    await store.load();
    await expect(store.put([ana])).rejects.not.toBeInstanceOf(EnxameError);
  });
});
