import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendDurably } from './append-file.js';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-append-'));
  path = join(folder, 'lines.jsonl');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('appending to a file', () => {
  it('makes the file, and goes on behind what counts', async () => {
    await appendDurably(path, 0, Buffer.from('one\n'));
    await appendDurably(path, 4, Buffer.from('two\n'));
    expect(await readFile(path, 'utf8')).toBe('one\ntwo\n');
  });

  it('cuts off what does not count', async () => {
    await writeFile(path, 'one\nhalf of a longer li');
    await appendDurably(path, 4, Buffer.from('two\n'));
    expect(await readFile(path, 'utf8')).toBe('one\ntwo\n');
  });

  it('tells why it could not', async () => {
    await expect(appendDurably(join(folder, 'none', 'x'), 0, Buffer.from('x'))).rejects.toMatchObject({
      code: 'folder-missing',
    });
  });
});
