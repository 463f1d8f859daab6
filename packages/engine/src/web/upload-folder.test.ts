import { mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openUploadFolder, type UploadDisk } from './upload-folder.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-uploads-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const roomy: UploadDisk = { open, freeBytes: () => Promise.resolve(Number.MAX_SAFE_INTEGER) };

function chunks(count: number): AsyncIterable<Buffer> {
  const list = Array.from({ length: count }, () => Buffer.alloc(1000));
  return (async function* () {
    await Promise.resolve();
    yield* list;
  })();
}

describe('upload folder', () => {
  it('asks for room before it takes anything', async () => {
    const uploads = await openUploadFolder(folder, { ...roomy, freeBytes: () => Promise.resolve(999) });
    await expect(uploads.receive('a', chunks(1), 1000)).rejects.toMatchObject({
      code: 'disk-full',
      params: { folder },
    });
    expect(await readdir(folder)).toEqual([]);
  });

  // The one device that is always full: what the kernel says of a disk without room, it says of this one.
  it.skipIf(process.platform !== 'linux')('leaves nothing behind when the disk fills up on the way', async () => {
    const full: typeof open = (_path, _flags) => open('/dev/full', 'w');
    const uploads = await openUploadFolder(folder, { ...roomy, open: full });
    await expect(uploads.receive('a', chunks(3), undefined)).rejects.toMatchObject({ code: 'disk-full' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('passes on what the body throws, and keeps nothing', async () => {
    const uploads = await openUploadFolder(folder, roomy);
    const broken = (async function* () {
      yield* chunks(2);
      throw new RangeError('cut');
    })();
    await expect(uploads.receive('a', broken, undefined)).rejects.toThrow(RangeError);
    expect(await readdir(folder)).toEqual([]);
  });
});
