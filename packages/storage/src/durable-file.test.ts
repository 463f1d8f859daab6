import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeFile, renameDurably, writeDurably } from './durable-file.js';
import { removeLeftovers } from './leftovers.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-durable-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('durable files', () => {
  it('writes the bytes of a view, and only those', async () => {
    const path = join(folder, 'a.bin');
    await writeDurably(path, new Uint8Array([1, 2, 3, 4]).subarray(1, 3));
    expect([...(await readFile(path))]).toEqual([2, 3]);
  });

  it('names the folder that is missing', async () => {
    const missing = join(folder, 'nowhere');
    await expect(writeDurably(join(missing, 'a'), 'x')).rejects.toMatchObject({
      code: 'folder-missing',
      params: { folder: missing },
    });
  });

  it('renames over what is there', async () => {
    await writeFile(join(folder, 'a'), 'new');
    await writeFile(join(folder, 'b'), 'old');
    await renameDurably(join(folder, 'a'), join(folder, 'b'));
    expect(await readdir(folder)).toEqual(['b']);
    expect(await readFile(join(folder, 'b'), 'utf8')).toBe('new');
  });

  it('removes a file once, and again without harm', async () => {
    await writeFile(join(folder, 'a'), '');
    await removeFile(join(folder, 'a'));
    await removeFile(join(folder, 'a'));
    expect(await readdir(folder)).toEqual([]);
  });

  it('removes what a killed process left beside documents, and nothing else', async () => {
    const kept = ['a.json', 'a.json.broken-1700000000000', 'photo.2024', 'lock'];
    for (const name of [...kept, 'a.json.123456789']) await writeFile(join(folder, name), '');
    await removeLeftovers(folder);
    expect((await readdir(folder)).sort()).toEqual([...kept].sort());
  });
});
