import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EnxameError } from '@enxame/shared/errors/enxame-error';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readJsonDocument, writeJsonDocument } from './json-document.js';

const schema = z.object({ count: z.int() });
let folder: string;
let path: string;
let notices: EnxameError[];
const read = () => readJsonDocument(path, schema, (notice) => notices.push(notice), () => 42); // prettier-ignore

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-storage-'));
  path = join(folder, 'a.json');
  notices = [];
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('a JSON document', () => {
  it('is undefined, without a notice, when there is none', async () => {
    expect(await read()).toBeUndefined();
    expect(notices).toEqual([]);
  });

  it('comes back as it was written, and leaves nothing beside it', async () => {
    await writeJsonDocument(path, { count: 1 });
    await writeJsonDocument(path, { count: 2 });
    expect(await read()).toEqual({ count: 2 });
    expect(await readdir(folder)).toEqual(['a.json']);
  });

  it.skipIf(process.platform === 'win32')('can be read by its owner only', async () => {
    await writeJsonDocument(path, { count: 1 });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['cut short', '{"count":'],
    ['empty', ''],
    ['of another shape', '{"count":"two"}'],
    ['binary', '\u0000\u0001'],
  ])('is set aside and told when it is %s', async (_, text) => {
    await writeFile(path, text);
    expect(await read()).toBeUndefined();
    expect(notices.map((notice) => notice.toJSON())).toEqual([
      { code: 'document-broken', params: { file: 'a.json', aside: 'a.json.broken-42' } },
    ]);
    expect(await readFile(`${path}.broken-42`, 'utf8')).toBe(text);
    expect(await readdir(folder)).toEqual(['a.json.broken-42']);
  });

  it('fails, and stays as it was, when it cannot be written', async () => {
    await writeJsonDocument(path, { count: 1 });
    await expect(writeJsonDocument(join(folder, 'missing', 'a.json'), {})).rejects.toMatchObject({
      code: 'folder-missing',
    });
    expect(await read()).toEqual({ count: 1 });
  });
});
