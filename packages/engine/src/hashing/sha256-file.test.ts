import { randomBytes } from 'node:crypto';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSha256File, type Sha256File } from './sha256-file.js';

const bytes = randomBytes(3 * 1024 * 1024 + 7);
const buffer = Buffer.alloc(256 * 1024);
let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-sum-'));
  path = join(folder, 'file');
  await writeFile(path, bytes);
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** All of it, as the reader of sums does. */
function readAll(file: Sha256File): Buffer {
  const parts: Buffer[] = [];
  for (let offset = 0; offset < bytes.length; offset += parts.at(-1)?.length ?? 0) {
    const part = Buffer.from(file.read(offset, bytes.length - offset));
    if (part.length === 0) break;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

describe('a file that is read for its SHA-256', () => {
  it.each([true, false])('gives every byte once, and none at its end (cold: %s)', (isCold) => {
    const file = openSha256File(path, buffer, isCold);
    expect(readAll(file).equals(bytes)).toBe(true);
    expect(file.read(bytes.length, 10)).toHaveLength(0);
    file.close();
  });

  it('gives no more than was asked for', () => {
    const file = openSha256File(path, buffer, true);
    expect(Buffer.from(file.read(0, 5000)).equals(bytes.subarray(0, 5000))).toBe(true);
    // In the middle of a page: through the cache from here on.
    expect(Buffer.from(file.read(5000, 100)).equals(bytes.subarray(5000, 5100))).toBe(true);
    file.close();
  });
});

describe.skipIf(process.platform !== 'linux')('a cold file that goes on through the cache', () => {
  it('is the same file, or it has changed', async () => {
    const file = openSha256File(path, buffer, true);
    await writeFile(join(folder, 'other'), bytes);
    await rename(join(folder, 'other'), path);
    expect(() => file.read(5000, 100)).toThrow('file-changed');
    file.close();
  });
});
