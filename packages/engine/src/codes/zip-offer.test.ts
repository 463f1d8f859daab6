import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { unzipFolder } from './receive/unzip-folder.js';
import { createZipOffer } from './zip-offer.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-zip-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const roomy = { bytes: 1e6, files: 100 };

async function writeZip(entries: readonly (readonly [string, string])[]): Promise<string> {
  const zip = new ZipFile();
  for (const [name, text] of entries) zip.addBuffer(Buffer.from(text), name.replaceAll('..', '__'));
  zip.end();
  let bytes = await buffer(zip.outputStream);
  // The library refuses to write what the tests are about.
  for (const [name] of entries.filter(([some]) => some.includes('..'))) {
    bytes = Buffer.from(bytes.toString('latin1').replaceAll(name.replaceAll('..', '__'), name), 'latin1');
  }
  const path = join(folder, 'hostile.zip');
  await writeFile(path, bytes);
  return path;
}

describe('a folder as a zip', () => {
  it('W40 has the size that was offered, and comes out as it went in', async () => {
    const from = join(folder, 'from');
    await mkdir(join(from, 'a', 'b'), { recursive: true });
    await mkdir(join(from, 'empty'));
    await writeFile(join(from, 'olá.txt'), 'olá');
    await writeFile(join(from, 'a', 'b', 'large.bin'), Buffer.alloc(300_000, 7));
    await symlink('/etc/passwd', join(from, 'link'));
    const offer = await createZipOffer([from]);
    expect(offer).toMatchObject({ files: 2, contentBytes: 300_004 });
    const bytes = await buffer(offer.read());
    expect(bytes.length).toBe(offer.size);
    const path = join(folder, 'folder.zip');
    await writeFile(path, bytes);
    const to = join(folder, 'to');
    await mkdir(to);
    await unzipFolder(path, to, { bytes: offer.contentBytes, files: offer.files });
    expect((await readdir(to, { recursive: true })).sort()).toEqual(['a', 'a/b', 'a/b/large.bin', 'empty', 'olá.txt']);
    expect(await readFile(join(to, 'olá.txt'), 'utf8')).toBe('olá');
  });

  it('W40 ends with an error when a file is gone that was offered', async () => {
    await mkdir(join(folder, 'from'));
    await writeFile(join(folder, 'from', 'a'), 'a');
    const offer = await createZipOffer([join(folder, 'from')]);
    await rm(join(folder, 'from', 'a'));
    await expect(buffer(offer.read())).rejects.toThrow('file-changed');
  });

  it.each([
    ['../../escape', 'x'],
    ['a/../../escape', 'x'],
    ['..', 'x'],
  ])('W41 never leaves the folder for a name like %s', async (name, text) => {
    const path = await writeZip([[name, text]]);
    await mkdir(join(folder, 'to'));
    await expect(unzipFolder(path, join(folder, 'to'), roomy)).rejects.toThrow('offer-invalid');
    expect(await readdir(join(folder, 'to'))).toEqual([]);
    expect(await readdir(folder)).toEqual(['hostile.zip', 'to']);
  });

  it('W41 makes names safe, and refuses two that become one', async () => {
    const to = join(folder, 'to');
    await mkdir(to);
    await unzipFolder(await writeZip([['con', 'x'], ['what?.txt', 'y']]), to, roomy); // prettier-ignore
    const names = await readdir(to);
    expect(names).toHaveLength(2);
    expect(names).not.toContain('con');
    await expect(unzipFolder(await writeZip([['twice', 'x'], ['twice', 'y']]), to, roomy)).rejects.toThrow('offer-invalid'); // prettier-ignore
  });

  it('W41 writes no more than was offered', async () => {
    const path = await writeZip([['bomb', '0'.repeat(20 * 1024 * 1024)]]);
    await mkdir(join(folder, 'to'));
    await expect(unzipFolder(path, join(folder, 'to'), { bytes: 10, files: 1 })).rejects.toThrow('offer-invalid');
  });

  it('W41 refuses what is no zip', async () => {
    await writeFile(join(folder, 'no.zip'), 'no zip');
    await expect(unzipFolder(join(folder, 'no.zip'), folder, roomy)).rejects.toThrow('offer-invalid');
  });
});
