import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
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
    await journal.set('b', { count: -2 });
    while ((await readLines()).length > 10) await journal.set('a', { count: -1 });
    await journal.close();
    expect([...(await open()).values()]).toEqual([{ count: -1 }, { count: -2 }]);
    expect(await readdir(folder)).toEqual(['things.jsonl']);
  });

  it('loses no change that comes while it writes itself anew, and makes none wait for it', async () => {
    const journal = await open();
    const wanted = new Map<string, Value>();
    let rewrites = 0;
    for (let round = 0; rewrites < 2; round++) {
      const before = (await stat(path)).ino;
      const changes: Promise<void>[] = [];
      for (let index = 0; index < 300; index++) {
        const key = String((round * 7 + index * 31) % 900);
        if ((round + index) % 5 === 0) {
          wanted.delete(key);
          changes.push(journal.delete(key));
        } else {
          wanted.set(key, { count: round * 1000 + index });
          changes.push(journal.set(key, { count: round * 1000 + index }));
        }
      }
      await Promise.all(changes);
      if ((await stat(path)).ino !== before) rewrites++;
      expect((await readLines()).at(-1)).toBe(''); // what was acknowledged is whole
    }
    await journal.close();
    const again = await open();
    expect(new Set([...again.values()].map(({ count }) => count))).toEqual(
      new Set([...wanted.values()].map(({ count }) => count)),
    );
    expect([again.size, notices]).toEqual([wanted.size, []]);
    expect(await readdir(folder)).toEqual(['things.jsonl']);
  });

  it('reads lines longer than it reads at once, and letters that a read cuts in two', async () => {
    const long = openJournal(path, z.string(), (notice) => notices.push(notice));
    const texts = ['é'.repeat(300_001), 'ü', `x${'雪'.repeat(200_000)}`];
    for (const [index, text] of texts.entries()) await (await long).set(String(index), text);
    await (await long).close();
    const again = await openJournal(path, z.string(), (notice) => notices.push(notice));
    expect([...again.values()].map((text, index) => text === texts[index])).toEqual([true, true, true]);
    expect(notices).toEqual([]);
    await again.close();
  });
});

async function readLines(): Promise<string[]> {
  return (await readFile(path, 'utf8')).split('\n');
}
