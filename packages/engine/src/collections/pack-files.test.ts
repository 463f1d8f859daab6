import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pieceContentId } from '../content/content-id.js';
import { writePack } from './pack-files.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-pack-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const frame = (...files: readonly string[]): Buffer =>
  Buffer.concat(files.map((bytes) => Buffer.concat([Buffer.of(1), Buffer.from(bytes)])));
const pack = (...files: readonly string[]) => ({
  folder,
  files: files.map((bytes, index) => ({ path: `f${String(index)}`, size: bytes.length })),
  contentIds: Buffer.concat(files.map((bytes) => pieceContentId(Buffer.from(bytes)))),
});

describe('writing a pack', () => {
  it('P53: writes what verifies, and nothing of what does not', async () => {
    const { results } = writePack({ ...pack('one', 'two', ''), frame: frame('one', 'TWO', '') });
    expect(results).toEqual([expect.objectContaining({ size: 3 }), 'wrong', expect.objectContaining({ size: 0 })]);
    expect(await readFile(join(folder, 'f0'), 'utf8')).toBe('one');
    await expect(readFile(join(folder, 'f1'))).rejects.toThrow('ENOENT');
    expect(await readFile(join(folder, 'f2'), 'utf8')).toBe('');
  });

  it('writes anew what an earlier run left, longer or shorter', async () => {
    await writeFile(join(folder, 'f0'), 'something longer');
    writePack({ ...pack('one'), frame: frame('one') });
    expect(await readFile(join(folder, 'f0'), 'utf8')).toBe('one');
  });

  it('writes through no link, and tells what the disk says', async () => {
    const outside = join(folder, 'outside');
    await writeFile(outside, 'mine');
    await symlink(outside, join(folder, 'f0'));
    expect(() => writePack({ ...pack('one'), frame: frame('one') })).toThrow('disk-failed');
    expect(await readFile(outside, 'utf8')).toBe('mine');
    await mkdir(join(folder, 'f1'));
    expect(() => writePack({ ...pack('one'), files: [{ path: 'none/f', size: 3 }], frame: frame('one') })).toThrow(
      'folder-missing',
    );
  });
});
