import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, parse } from 'node:path';
import { folderListingSchema, maxListedNames } from '@enxame/shared/engine/folder-listing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listFolder } from './list-folder.js';

let folder: string;
const downloadsFolder = join(tmpdir(), 'Downloads');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-listing-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('folder listing', () => {
  it('gives folders first, counts as people do, and leaves hidden ones and links out', async () => {
    for (const name of ['photo 10.jpg', 'photo 9.jpg', 'Álbum.zip', '.hidden'])
      await writeFile(join(folder, name), name);
    for (const name of ['zoo', 'Arte', '.git']) await mkdir(join(folder, name));
    await symlink('/', join(folder, 'link'));
    const listing = folderListingSchema.parse(await listFolder({ path: folder, downloadsFolder }));
    expect(listing.names.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'folder Arte',
      'folder zoo',
      'file Álbum.zip',
      'file photo 9.jpg',
      'file photo 10.jpg',
    ]);
    expect(listing.names[4]).toEqual({
      name: 'photo 10.jpg',
      path: join(folder, 'photo 10.jpg'),
      kind: 'file',
      size: 12,
    });
    expect(listing).toMatchObject({ path: folder, parent: dirname(folder), truncated: false });
  });

  it('starts at home, and offers home, downloads and the root', async () => {
    const listing = await listFolder({ downloadsFolder, home: folder });
    expect(listing.path).toBe(folder);
    expect(listing.places).toContainEqual({ kind: 'home', path: folder });
    expect(listing.places).toContainEqual({ kind: 'downloads', path: downloadsFolder });
    expect(listing.places).toContainEqual({ kind: 'root', path: parse(folder).root });
  });

  it('has no parent at the root', async () => {
    expect((await listFolder({ path: parse(folder).root, downloadsFolder })).parent).toBeNull();
  });

  it('says so when there is more than it shows', async () => {
    for (let index = 0; index <= maxListedNames; index++) await writeFile(join(folder, String(index)), '');
    const listing = await listFolder({ path: folder, downloadsFolder });
    expect(listing.truncated).toBe(true);
    expect(listing.names).toHaveLength(maxListedNames);
    expect(listing.names.at(-1)?.name).toBe(String(maxListedNames - 1));
  });

  it('says why a folder cannot be listed', async () => {
    const path = join(folder, 'file');
    await writeFile(path, '');
    await expect(listFolder({ path, downloadsFolder })).rejects.toMatchObject({ code: 'path-not-a-file' });
    const missing = join(folder, 'missing');
    await expect(listFolder({ path: missing, downloadsFolder })).rejects.toMatchObject({ code: 'path-not-found' });
  });
});
