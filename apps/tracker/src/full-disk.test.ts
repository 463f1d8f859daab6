import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import type { EntryId } from '@enxame/shared/ids';
import { afterEach, expect, it } from 'vitest';
import { createEntry } from './test-kit/entries.js';
import { mountSmallDisk } from './test-kit/small-disk.js';
import type { TestDevice } from './test-kit/test-device.js';
import { startTestTracker, type TestTracker } from './test-kit/test-tracker.js';

/** A little more than what an empty tracker writes. */
const diskBytes = 1024 * 1024;
const whole = { query: {}, window: { offset: 0, limit: 1 } };
let closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
});

async function startOn(dataFolder: string): Promise<TestTracker> {
  const net = await startTestTracker({ dataFolder });
  // The disk goes with its mount: here only what is open is closed.
  closing.push(() => net.tracker.close());
  return net;
}

async function listKnown(device: TestDevice): Promise<Set<EntryId>> {
  return new Set((await device.request('entries:compare', { digest: '' })).known.map(({ id }) => id));
}

it('T15: on a disk that is full it refuses what is new, reads on, takes it when there is room, and has lost nothing', async (test) => {
  const disk = await mountSmallDisk(diskBytes);
  if (!disk) {
    test.skip('a small file system cannot be mounted here');
    return;
  }
  closing.push(() => disk.close());
  const net = await startOn(disk.folder);
  const ana = await net.join('Ana');
  const kept = createEntry({ name: 'there before' });
  await ana.request('entries:announce', { entries: [kept] });

  await disk.fill(64 * 1024);
  const acknowledged = new Set([kept.id]);
  const refused = new Set<EntryId>();
  while (refused.size === 0) {
    const entries = Array.from({ length: 50 }, () => createEntry({ name: 'x'.repeat(200) }));
    try {
      await ana.request('entries:announce', { entries });
      for (const { id } of entries) acknowledged.add(id);
    } catch (error) {
      if (!isErrorWithCode(error, 'tracker-storage-full')) throw error;
      for (const { id } of entries) refused.add(id);
    }
  }
  await expect(ana.request('search:save', { name: 'x', query: { text: 'y'.repeat(200) } })).rejects.toMatchObject({
    code: 'tracker-storage-full',
  });
  await expect((await net.connect()).register('Rui')).rejects.toMatchObject({ code: 'tracker-storage-full' });
  expect((await ana.request('catalogue:list', whole)).total).toBe(acknowledged.size);
  expect(await listKnown(ana)).toEqual(acknowledged);
  const ready = async (): Promise<number> =>
    (await fetch(net.tracker.url.replace('https:', 'http:') + '/readyz')).status;
  expect(await ready()).toBe(503);

  await disk.free();
  const last = createEntry({ name: 'there after' });
  await ana.request('entries:announce', { entries: [last] });
  acknowledged.add(last.id);
  expect(await ready()).toBe(200);
  expect((await (await net.connect()).register('Rui')).user.name).toBe('Rui');
  expect((await ana.request('search:list', {})).searches).toEqual([]);

  await net.restart();
  const again = await net.connect(ana.user);
  await again.open();
  expect(await listKnown(again)).toEqual(acknowledged);
  expect((await again.request('search:list', {})).searches).toEqual([]);
  expect(net.logged.filter(({ code }) => code === 'document-broken')).toEqual([]);
});

it('T15, T31: whatever of its documents is damaged is set aside and named in the log, and the rest runs', async () => {
  const net = await startTestTracker();
  closing.push(() => net.close());
  const [ana, rui] = [await net.join('Ana'), await net.join('Rui')];
  const [mine, lost, his] = [createEntry({ name: 'mel' }), createEntry(), createEntry()];
  await ana.request('entries:announce', { entries: [mine] });
  await ana.request('entries:announce', { entries: [lost] });
  await rui.request('entries:announce', { entries: [his] });
  await ana.request('search:save', { name: 'honey', query: { text: 'mel' } });
  const journal = `${ana.user.userId}.jsonl`;
  await net.restart(0, async () => {
    const path = join(net.dataFolder, 'catalogues', journal);
    await writeFile(path, (await readFile(path, 'utf8')).replace(lost.id, 'nobody'));
    await appendFile(join(net.dataFolder, 'searches.jsonl'), '{"k":"x","v":{"id":1}}\n');
    await writeFile(join(net.dataFolder, 'tls.json'), '{');
  });
  const told = net.logged.map(({ code, file }) => `${String(code)} ${String(file)}`);
  expect(told.sort()).toEqual([journal, 'searches.jsonl', 'tls.json'].map((file) => `document-broken ${file}`).sort());
  const again = await net.connect(ana.user);
  await again.open();
  expect([...(await listKnown(again))]).toEqual([mine.id]);
  expect((await again.request('search:list', {})).searches).toMatchObject([{ name: 'honey' }]);
  expect((await again.request('catalogue:list', whole)).total).toBe(2);
  const aside = [...(await readdir(net.dataFolder)), ...(await readdir(join(net.dataFolder, 'catalogues')))];
  expect(aside.filter((file) => file.includes('.broken-')).length).toBe(3);
});
