import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createContentId, createEntry } from '../test-kit/entries.js';
import { createFakeClock } from '../test-kit/fake-clock.js';
import { startTestTracker, type TestTracker } from '../test-kit/test-tracker.js';
import { createTestUser } from '../test-kit/test-user.js';
import { joinWeb, askHttp } from '../test-kit/web-user.js';
import { createCounters, onlinePointMs, statsDelayMs } from './counters.js';
import { emptyStats, maxCountedContents, type StatsRecord } from './stats-record.js';

let net: TestTracker | undefined;
afterEach(async () => {
  await net?.close();
  net = undefined;
});
const none = { direct: 0, relayed: 0, hosted: 0 };

describe('statistics of a tracker', () => {
  it('T110: count what is there, and what was told, once for a device and a content', async () => {
    net = await startTestTracker();
    const ana = await net.join('Ana');
    const rui = await net.join('Rui');
    const [one, two] = [createEntry({ size: 100 }), createEntry({ size: 50, name: 'b.txt' })];
    await ana.request('entries:announce', { entries: [one, two, createEntry({ contentId: two.contentId, size: 50 })] });
    const report = { contentId: one.contentId, bytes: { direct: 60, relayed: 30, hosted: 10 } };
    await rui.request('download:report', report);
    await rui.request('download:report', report);
    await rui.request('download:report', { contentId: createContentId(), bytes: { ...none, direct: 1 } });
    await ana.request('download:report', {
      contentId: two.contentId,
      bytes: { direct: 10 ** 12, relayed: 5, hosted: 5 },
    });
    expect(await rui.request('stats:read', {})).toMatchObject({
      users: 2,
      usersOnline: 2,
      devicesOnline: 2,
      entries: 3,
      contents: 2,
      contentBytes: 150,
      downloads: 2,
      bytes: { direct: 110, relayed: 30, hosted: 10 },
      topDownloads: [
        { contentId: one.contentId, downloads: 1, bytes: 100 },
        { contentId: two.contentId, downloads: 1, bytes: 50 },
      ],
    });
  });

  it('T111: are there after a restart, and a broken document costs the counts only', async () => {
    net = await startTestTracker();
    const ana = await net.join('Ana');
    const entry = createEntry({ size: 7 });
    await ana.request('entries:announce', { entries: [entry] });
    await ana.request('download:report', { contentId: entry.contentId, bytes: { ...none, direct: 7 } });
    await net.restart();
    const { token } = await joinWeb(net, 'Ana', ana.user);
    const read = async () => (await askHttp<Record<string, unknown>>(net as TestTracker, '/stats', { token })).body;
    const before = await read();
    expect(before).toMatchObject({ downloads: 1, bytes: { direct: 7 } });
    const again = await net.connect(ana.user);
    await again.open();
    await again.request('download:report', { contentId: entry.contentId, bytes: { ...none, direct: 7 } });
    expect(await read()).toMatchObject({ downloads: 1, since: before['since'] });
    const other = await net.connect(createTestUser(ana.user.userKey));
    await other.open();
    await other.request('download:report', { contentId: entry.contentId, bytes: none });
    const file = join(net.dataFolder, 'stats.json');
    await net.restart(undefined, async () => {
      expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ downloads: 2 });
      await writeFile(file, '{"version":1');
    });
    expect(net.logged).toMatchObject([{ code: 'document-broken', file: 'stats.json' }]);
    const { token: next } = await joinWeb(net, 'Ana', ana.user);
    expect((await askHttp<object>(net, '/stats', { token: next })).body).toMatchObject({ downloads: 0, users: 1 });
  });
});

describe('counters', () => {
  function start(record?: StatsRecord) {
    const clock = createFakeClock();
    const saved: StatsRecord[] = [];
    let fails = false;
    const failures: unknown[] = [];
    const state = { online: 3 };
    const counters = createCounters({
      record: record ?? emptyStats(clock.now()),
      clock,
      usersOnline: () => state.online,
      save: (next) => {
        if (fails) return Promise.reject(new Error('full'));
        saved.push(next);
        return Promise.resolve();
      },
      onLateFailure: (error) => failures.push(error),
    });
    const setFails = (next: boolean): void => {
      fails = next;
    };
    return { clock, saved, counters, failures, setFails, state };
  }
  const download = { contentId: createContentId(), name: 'a', bytes: { ...none, hosted: 5 }, isDownload: true };

  it('T111: a thousand events are one write, within a minute', async () => {
    const { clock, saved, counters } = start();
    for (let count = 0; count < 1000; count++) counters.count(download);
    clock.advance(statsDelayMs - 1);
    expect(saved).toEqual([]);
    clock.advance(1);
    expect(saved).toMatchObject([{ downloads: 1000, bytes: { hosted: 5000 } }]);
    await counters.close();
    expect(saved).toHaveLength(1);
  });

  it('T111: what could not be written is written later', async () => {
    const { clock, saved, counters, failures, setFails } = start();
    counters.count(download);
    setFails(true);
    clock.advance(statsDelayMs);
    await expect.poll(() => failures.length).toBe(1);
    setFails(false);
    clock.advance(statsDelayMs);
    expect(saved).toMatchObject([{ downloads: 1 }]);
    await counters.close();
  });

  it('T112: note who is online each ten minutes, for a week', async () => {
    const { clock, counters, state } = start();
    clock.advance(onlinePointMs);
    state.online = 5;
    clock.advance(onlinePointMs);
    const { online } = counters.totals;
    expect(online.map(({ users }) => users)).toEqual([3, 5]);
    expect(online.every(({ at }) => at % onlinePointMs === 0)).toBe(true);
    clock.advance(1100 * onlinePointMs);
    expect([counters.totals.online.length, counters.totals.online[0]?.users]).toEqual([1008, 5]);
    await counters.close();
  });

  it('T110: holds a bounded number of contents, those that moved lately', async () => {
    const { counters, saved } = start();
    counters.count(download);
    for (let count = 0; count < maxCountedContents; count++)
      counters.count({ ...download, contentId: createContentId() });
    counters.count({ ...download, isDownload: false });
    await counters.close();
    expect(saved[0]?.contents.length).toBe(maxCountedContents);
    expect(saved[0]?.contents.at(-1)).toMatchObject({ contentId: download.contentId, downloads: 0 });
  });
});
