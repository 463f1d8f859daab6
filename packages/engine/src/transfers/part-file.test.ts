import { execFileSync } from 'node:child_process';
import { link, mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { maxContentBytes } from '@enxame/shared/content/piece-size';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestContent } from '../testing/test-content.js';
import { createAlignedMemory } from './aligned-memory.js';
import { findExisting } from './find-existing.js';
import { openPartFile, partFilePath } from './part-file.js';

const content = createTestContent(600_000);
const id = '0123456789';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-part-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const pieces = [0, 1, 2].map((index) => content.bytes.subarray(index * 262_144, (index + 1) * 262_144));

async function receive(name: string, where = folder): Promise<string> {
  const file = await openPartFile({ folder: where, name, id }, content.manifest);
  try {
    for (const [index, piece] of pieces.entries()) await file.write([piece], index);
    return await file.finish();
  } finally {
    await file.close();
  }
}

describe('C4: a file gets its name when it is whole', () => {
  // A clock that stands still: bytes could not come faster, so they go past the cache where the system can.
  it.each(['aligned', 'ordinary'] as const)('however fast its bytes come, from %s memory', async (kind) => {
    const large = createTestContent(34 * 1024 * 1024 + 5);
    const memory = createAlignedMemory();
    const file = await openPartFile({ folder, name: 'large', id }, large.manifest, () => 0);
    for (let index = 0, start = 0; start < large.bytes.length; index++, start += 262_144) {
      const piece = large.bytes.subarray(start, start + 262_144);
      const buffer = kind === 'aligned' ? memory.allocate(piece.length) : Buffer.allocUnsafeSlow(piece.length);
      buffer.set(piece);
      await file.write([buffer], index);
    }
    expect((await readFile(await file.finish())).equals(large.bytes)).toBe(true);
    await file.close();
  });

  it('in its folder, with nothing left beside it', async () => {
    const path = await receive('a file.txt');
    expect(path).toBe(join(folder, 'a file.txt'));
    expect((await readFile(path)).equals(content.bytes)).toBe(true);
    expect(await readdir(folder)).toEqual(['a file.txt']);
  });

  it('C5: never in place of a file, a folder or a link that is there', async () => {
    await writeFile(join(folder, 'x.txt'), 'mine');
    await mkdir(join(folder, 'x (2).txt'));
    await symlink('/nowhere', join(folder, 'x (3).txt'));
    expect(await receive('x.txt')).toBe(join(folder, 'x (4).txt'));
    expect(await readFile(join(folder, 'x.txt'), 'utf8')).toBe('mine');
  });

  it('C5: two that end at the same moment under one name both have one', async () => {
    const paths = await Promise.all(
      ['11111111', '22222222', '33333333'].map(async (each) => {
        const file = await openPartFile({ folder, name: 'x.txt', id: each }, content.manifest);
        for (const [index, piece] of pieces.entries()) await file.write([piece], index);
        return file.finish();
      }),
    );
    expect(paths.sort()).toEqual(['x (2).txt', 'x (3).txt', 'x.txt'].map((name) => join(folder, name)));
  });

  it.each([
    ['../../etc/passwd', '_.._etc_passwd'],
    ['CON.txt', '_CON.txt'],
    ['a\u202egnp.exe', 'agnp.exe'],
  ])('C3: %j stays in the folder', async (name, _) => {
    const path = await receive(name);
    expect(join(folder, path.slice(folder.length + 1))).toBe(path);
    expect(path.slice(folder.length + 1)).not.toMatch(/[/\\]/);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('C3: a name of 300 Arabic letters is cut, and keeps its extension', async () => {
    const path = await receive(`${'ا'.repeat(300)}.pdf`);
    expect(path.endsWith('.pdf')).toBe(true);
    expect(await receive(`${'ا'.repeat(300)}.pdf`)).toMatch(/ \(2\)\.pdf$/);
  });

  it('goes on after a crash between the new name and the removal of the old one', async () => {
    const part = partFilePath({ folder, name: 'x.txt', id });
    await writeFile(part, content.bytes);
    await link(part, join(folder, 'x.txt'));
    expect(await receive('x.txt')).toBe(join(folder, 'x.txt'));
    expect(await readdir(folder)).toEqual(['x.txt']);
  });

  it('is not given to a file that took the place of the part file, or lost it', async () => {
    const part = partFilePath({ folder, name: 'x.txt', id });
    const file = await openPartFile({ folder, name: 'x.txt', id }, content.manifest);
    await writeFile(join(folder, 'other'), content.bytes);
    await rename(join(folder, 'other'), part);
    await expect(file.finish()).rejects.toThrow('file-changed');
    const second = await openPartFile({ folder, name: 'x.txt', id }, content.manifest);
    await rm(part);
    await expect(second.finish()).rejects.toThrow('file-vanished');
    await Promise.all([file.close(), second.close()]);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('bad disks', () => {
  it('tells a folder that is gone, and one that is a file', async () => {
    const file = await openPartFile({ folder, name: 'x', id }, content.manifest);
    await rm(folder, { recursive: true });
    await expect(file.finish()).rejects.toMatchObject({ code: 'folder-missing', params: { folder } });
    await file.close();
    await writeFile(folder, 'a file');
    await expect(openPartFile({ folder, name: 'x', id }, content.manifest)).rejects.toThrow('folder-missing');
  });

  it('says that there is no room before the first byte comes', async () => {
    const huge = { size: maxContentBytes, pieceHashes: new Uint8Array() };
    await expect(openPartFile({ folder, name: 'x', id }, huge)).rejects.toMatchObject({ code: 'disk-full' });
  });

  it('tells a write that failed, a failed flush of before too, and keeps the file open for neither', async () => {
    const probe = await open(join(folder, 'probe'), 'w');
    const prototype = Object.getPrototypeOf(probe) as typeof probe;
    await probe.close();
    await rm(join(folder, 'probe'));
    const full = Object.assign(new Error('no room'), { code: 'ENOSPC' });
    const file = await openPartFile({ folder, name: 'x', id }, content.manifest);
    const write = vi.spyOn(prototype, 'writev').mockRejectedValueOnce(full);
    await expect(file.write([pieces[0] ?? Buffer.alloc(0)], 0)).rejects.toMatchObject({
      code: 'disk-full',
      params: { folder },
    });
    write.mockRestore();
    const sync = vi.spyOn(prototype, 'sync').mockRejectedValueOnce(Object.assign(new Error('io'), { code: 'EIO' }));
    await expect(file.finish()).rejects.toMatchObject({ code: 'disk-failed' });
    sync.mockRestore();
    await file.close();
    await file.close();
    expect(await readdir(folder)).toEqual(['x.01234567.part']);
  });

  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  // Mounting needs root; elsewhere the injected failures above stand for it.
  it.skipIf(!isRoot)('on a disk that is really full, and on one that is read-only', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'enxame-test', folder]);
    try {
      await writeFile(join(folder, 'filler'), Buffer.alloc(4 * 1024 * 1024));
      await expect(receive('x')).rejects.toMatchObject({ code: 'disk-full' });
      await rm(join(folder, 'filler'));
      const file = await openPartFile({ folder, name: 'x', id }, content.manifest);
      await writeFile(join(folder, 'filler'), Buffer.alloc(5_950_000)).catch(() => undefined); // as much as goes
      await expect(Promise.all(pieces.map((piece, index) => file.write([piece], index)))).rejects.toMatchObject({
        code: 'disk-full',
      });
      await file.close();
      execFileSync('mount', ['-o', 'remount,ro', folder]);
      await expect(receive('y')).rejects.toMatchObject({ code: 'folder-not-writable' });
    } finally {
      execFileSync('umount', [folder]);
    }
  });
});

describe('what is there already', () => {
  const wanted = (): { folder: string; name: string; size: number } => ({
    folder,
    name: 'x.txt',
    size: content.bytes.length,
  });
  const isContent = async (path: string): Promise<boolean> => (await readFile(path)).equals(content.bytes);

  it('is found under a name with a number too, by its bytes', async () => {
    expect(await findExisting(wanted(), isContent)).toBeUndefined();
    await writeFile(join(folder, 'x.txt'), Buffer.alloc(content.bytes.length));
    expect(await findExisting(wanted(), isContent)).toBeUndefined();
    await writeFile(join(folder, 'x (2).txt'), content.bytes);
    expect(await findExisting(wanted(), isContent)).toBe(join(folder, 'x (2).txt'));
  });

  it('is no obstacle when it cannot be read, or is written to meanwhile', async () => {
    const { EnxameError } = await import('@enxame/shared/errors/enxame-error');
    await writeFile(join(folder, 'x.txt'), content.bytes);
    const unreadable = (): Promise<boolean> => Promise.reject(new EnxameError('path-unreadable'));
    expect(await findExisting(wanted(), unreadable)).toBeUndefined();
    const changing = async (path: string): Promise<boolean> => {
      await writeFile(path, content.bytes.subarray(1));
      return true;
    };
    expect(await findExisting(wanted(), changing)).toBeUndefined();
    expect((await stat(join(folder, 'x.txt'))).size).toBe(content.bytes.length - 1);
  });
});
