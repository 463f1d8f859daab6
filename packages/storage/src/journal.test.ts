import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EnxameError } from '@enxame/shared/errors/enxame-error';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openJournal, type Journal } from './journal.js';

const schema = z.object({ count: z.int() });
type Value = z.infer<typeof schema>;
let folder: string;
let path: string;
let notices: EnxameError[];
let opened: Journal<Value>[];

async function open(): Promise<Journal<Value>> {
  const journal = await openJournal(path, schema, (notice) => notices.push(notice), () => 42); // prettier-ignore
  opened.push(journal);
  return journal;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-journal-'));
  path = join(folder, 'things.jsonl');
  notices = [];
  opened = [];
});
afterEach(async () => {
  for (const journal of opened) await journal.close();
  await rm(folder, { recursive: true, force: true });
});

describe('a journal', () => {
  it('holds the last value of each key, and nothing of deleted ones, after it is opened again', async () => {
    const journal = await open();
    await Promise.all([
      journal.set('a', { count: 1 }),
      journal.set('b', { count: 2 }),
      journal.set('a', { count: 3 }),
      journal.set('__proto__', { count: 4 }),
      journal.delete('b'),
    ]);
    await journal.close();
    const again = await open();
    expect([...again.values()]).toEqual([{ count: 3 }, { count: 4 }]);
    expect([again.size, again.get('a'), again.get('b')]).toEqual([2, { count: 3 }, undefined]);
  });

  it('has on disk what it acknowledged, without being closed', async () => {
    const journal = await open();
    await journal.set('a', { count: 1 });
    expect(await readFile(path, 'utf8')).toBe('{"k":"a","v":{"count":1}}\n');
  });

  it('drops a last line that a crash cut short, and goes on after it', async () => {
    const journal = await open();
    await journal.set('a', { count: 1 });
    await journal.close();
    await appendFile(path, '{"k":"b","v":{"cou');
    const again = await open();
    await again.set('c', { count: 3 });
    await again.close();
    expect([...(await open()).values()]).toEqual([{ count: 1 }, { count: 3 }]);
    expect(notices).toEqual([]);
  });

  it('sets aside lines that break the schema, tells it, and keeps the rest', async () => {
    await writeFile(
      path,
      '{"k":"a","v":{"count":1}}\nnonsense\n{"k":"b","v":{"count":"x"}}\n{"k":"c","v":{"count":3}}\n',
    );
    const journal = await open();
    expect([...journal.values()]).toEqual([{ count: 1 }, { count: 3 }]);
    expect(notices.map(({ code, params }) => [code, params?.['aside']])).toEqual([
      ['document-broken', 'things.jsonl.broken-42'],
    ]);
    expect(await readFile(`${path}.broken-42`, 'utf8')).toBe('nonsense\n{"k":"b","v":{"count":"x"}}');
    await journal.close();
    expect((await open()).size).toBe(2);
    expect(notices).toHaveLength(1);
  });

  it('writes itself anew when most of its lines no longer count', async () => {
    const journal = await open();
    for (let count = 0; count < 2500; count++) void journal.set('a', { count });
    await journal.set('a', { count: -1 });
    await journal.set('b', { count: -2 });
    expect((await readFile(path, 'utf8')).split('\n').length).toBeLessThan(10);
    await journal.close();
    expect([...(await open()).values()]).toEqual([{ count: -1 }, { count: -2 }]);
    expect(await readdir(folder)).toEqual(['things.jsonl']);
  });
});
