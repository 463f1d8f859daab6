import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkTicket } from '@enxame/identity/ticket';
import { parsePublicKey } from '@enxame/identity/public-key';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { applyWindowDiff } from '@enxame/shared/tracker/apply-window-diff';
import type { CataloguePage } from '@enxame/shared/tracker/catalogue-query';
import { helloSchema } from '@enxame/shared/tracker/hello';
import { appendDurably } from '@enxame/storage/append-file';
import { writeDurably } from '@enxame/storage/durable-file';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createContentId, createEntry } from './test-kit/entries.js';
import { startTestTracker, type TestTracker } from './test-kit/test-tracker.js';

let net: TestTracker;
let isFull = false;
beforeEach(async () => {
  isFull = false;
  net = await startTestTracker({
    writeFile: (path, data) => {
      if (isFull) return Promise.reject(new EnxameError('disk-full', { folder: net.dataFolder }));
      return writeDurably(path, data);
    },
    appendFile: (path, end, data) => {
      if (isFull) return Promise.reject(new EnxameError('disk-full', { folder: net.dataFolder }));
      return appendDurably(path, end, data);
    },
  });
});
afterEach(() => net.close());

const newest = { query: {}, window: { offset: 0, limit: 50 } };
const plainUrl = (path: string): string => `http://127.0.0.1:${String(net.tracker.address.port)}${path}`;

describe('a tracker on a real port', () => {
  it('T9: shows one person what another shares, as it comes, changes and goes', async () => {
    const ana = await net.join('Ana');
    const rui = await net.join('Rui');
    let page = await rui.request('catalogue:watch', { watchId: 1, ...newest });
    expect(page).toEqual({ total: 0, rows: [] });
    const next = async () => {
      const { diff } = await rui.pushed('catalogue:changed', ({ watchId }) => watchId === 1);
      return (page = applyWindowDiff(page, diff));
    };
    const entry = createEntry({ name: 'Relação.pdf' });
    const owner = { id: ana.user.userId, name: 'Ana', online: true };

    expect(await ana.request('entries:announce', { entries: [entry] })).toEqual({ refused: [] });
    expect(await next()).toEqual({ total: 1, rows: [{ ...entry, owner, sources: 1 }] });
    const hashed = { ...entry, sha256: 'ab'.repeat(32) };
    await ana.request('entries:announce', { entries: [hashed] });
    expect(await next()).toEqual({ total: 1, rows: [{ ...hashed, owner, sources: 1 }] });
    ana.close();
    expect(await next()).toEqual({ total: 1, rows: [{ ...hashed, owner: { ...owner, online: false }, sources: 0 }] });
    const back = await net.connect(ana.user);
    await back.open();
    expect(await next()).toEqual({ total: 1, rows: [{ ...hashed, owner, sources: 1 }] });
    await back.request('entries:withdraw', { ids: [entry.id] });
    expect(await next()).toEqual({ total: 0, rows: [] });
  });

  it('T9: a thousand entries announced at once are seen by all who watch, under the number of each', async () => {
    const ana = await net.join('Ana');
    const rui = await net.join('Rui');
    const eva = await net.join('Eva');
    const watchers = [[rui, 1], [eva, 1], [eva, 7]] as const; // prettier-ignore
    const pages: CataloguePage[] = [];
    for (const [device, watchId] of watchers) {
      pages.push(await device.request('catalogue:watch', { watchId, ...newest }));
    }
    const entries = Array.from({ length: 1000 }, () => createEntry());
    const all = watchers.map(async ([device, watchId], index) => {
      let page = pages[index] ?? { total: 0, rows: [] };
      while (page.total < 1000) {
        const { diff } = await device.pushed('catalogue:changed', (push) => push.watchId === watchId);
        page = applyWindowDiff(page, diff);
      }
      return page;
    });
    await ana.request('entries:announce', { entries: entries.slice(0, 500) });
    await ana.request('entries:announce', { entries: entries.slice(500) });
    const { total, rows } = await rui.request('catalogue:list', newest);
    const shown = { total, rows };
    expect(await Promise.all(all)).toEqual([shown, shown, shown]);
  });

  it('T11: tells where a content can be had, with a ticket, and when that changes', async () => {
    const ana = await net.join('Ana');
    const rui = await net.join('Rui');
    const entry = createEntry();
    await ana.request('entries:announce', { entries: [entry] });
    const found = await rui.request('sources:watch', { contentId: entry.contentId });
    const source = { deviceId: ana.user.deviceId, userName: 'Ana', grant: ana.user.grant, complete: true };
    expect(found.sources).toEqual([{ ...source, addresses: [{ host: '127.0.0.1', port: 4000 }] }]);

    const { key } = helloSchema.parse(await (await fetch(plainUrl('/hello'))).json());
    const expected = { trackerId: net.tracker.trackerId, deviceId: rui.user.deviceId, contentId: entry.contentId };
    const claims = await checkTicket(found.ticket, parsePublicKey(key, 'ed25519'), expected, Date.now());
    expect(claims).toMatchObject({ name: 'Rui', exp: Math.floor(found.expiresAt / 1000) });

    await ana.request('presence:update', { addresses: [{ host: '127.0.0.1', port: 4001 }] });
    const moved = await rui.pushed('sources:changed');
    expect(moved).toEqual({
      contentId: entry.contentId,
      sources: [{ ...source, addresses: [{ host: '127.0.0.1', port: 4001 }] }],
    });
    ana.close();
    expect(await rui.pushed('sources:changed')).toEqual({ contentId: entry.contentId, sources: [] });
    await rui.request('sources:unwatch', { contentId: entry.contentId });
    await (await net.connect(ana.user)).open();
    await rui.request('catalogue:list', newest);
  });

  it('T11: names no device as its own source, and no content that nobody announced', async () => {
    const ana = await net.join('Ana');
    const entry = createEntry();
    await ana.request('entries:announce', { entries: [entry] });
    expect((await ana.request('sources:watch', { contentId: entry.contentId })).sources).toEqual([]);
    await expect(ana.request('sources:watch', { contentId: createContentId() })).rejects.toMatchObject({
      code: 'content-not-found',
    });
  });

  it('T11: gives an entry by its id, or by its content', async () => {
    const ana = await net.join('Ana');
    const entry = createEntry();
    await ana.request('entries:announce', { entries: [entry] });
    for (const id of [entry.id, entry.contentId]) expect(await ana.request('entry:get', { id })).toMatchObject(entry);
    await expect(ana.request('entry:get', { id: createContentId() })).rejects.toMatchObject({
      code: 'entry-not-found',
    });
  });

  it('T7: refuses an entry under somebody else’s id, and takes the others', async () => {
    const ana = await net.join('Ana');
    const rui = await net.join('Rui');
    const [theirs, mine] = [createEntry({ name: 'theirs' }), createEntry({ name: 'mine' })];
    await ana.request('entries:announce', { entries: [theirs] });
    const stolen = { ...theirs, name: 'stolen' };
    expect(await rui.request('entries:announce', { entries: [stolen, mine] })).toEqual({
      refused: [{ id: theirs.id, error: { code: 'entry-not-yours' } }],
    });
    await rui.request('entries:withdraw', { ids: [theirs.id] });
    const { rows } = await rui.request('catalogue:list', newest);
    expect(rows.map(({ name }) => name).sort()).toEqual(['mine', 'theirs']);
  });
});

describe('what rests on disk', () => {
  it('T15: a restart loses nothing that was acknowledged, and names the same tracker', async () => {
    const ana = await net.join('Ana');
    const entries = [createEntry({ name: 'a' }), createEntry({ name: 'b' })];
    await ana.request('entries:announce', { entries });
    const { trackerId, sealWords } = net.tracker;
    await net.restart();
    expect([net.tracker.trackerId, net.tracker.sealWords]).toEqual([trackerId, sealWords]);
    const again = await net.connect(ana.user);
    expect((await again.open()).user.name).toBe('Ana');
    const { known } = await again.request('entries:compare', { digest: '' });
    expect(known.map(({ id }) => id).sort()).toEqual(entries.map(({ id }) => id).sort());
    const { people } = await again.request('people:watch', {});
    expect(people).toMatchObject([{ name: 'Ana', online: true, entries: 2 }]);
    await expect((await net.connect()).register('ANA')).rejects.toMatchObject({ code: 'name-taken' });
  });

  it.skipIf(process.platform === 'win32')('T15: keys and documents are for their owner only', async () => {
    const ana = await net.join('Ana');
    await ana.request('entries:announce', { entries: [createEntry()] });
    for (const file of ['identity.json', 'tls.json', 'users.json', `catalogues/${ana.user.userId}.jsonl`]) {
      expect((await stat(join(net.dataFolder, file))).mode & 0o077).toBe(0);
    }
    expect((await stat(join(net.dataFolder, 'catalogues'))).mode & 0o077).toBe(0);
  });

  it('T15: on a full disk it refuses what is new, goes on reading, and takes it when there is room', async () => {
    const ana = await net.join('Ana');
    const [kept, refused] = [createEntry({ name: 'kept' }), createEntry({ name: 'refused' })];
    await ana.request('entries:announce', { entries: [kept] });
    isFull = true;
    await expect(ana.request('entries:announce', { entries: [refused] })).rejects.toMatchObject({
      code: 'tracker-storage-full',
    });
    await expect(ana.request('entries:withdraw', { ids: [kept.id] })).rejects.toMatchObject({
      code: 'tracker-storage-full',
    });
    await expect((await net.connect()).register('Rui')).rejects.toMatchObject({ code: 'tracker-storage-full' });
    expect((await ana.request('catalogue:list', newest)).rows.map(({ name }) => name)).toEqual(['kept']);
    expect((await fetch(plainUrl('/readyz'))).status).toBe(503);
    isFull = false;
    await ana.request('entries:announce', { entries: [refused] });
    await (await net.connect()).register('Rui');
    expect((await fetch(plainUrl('/readyz'))).status).toBe(200);
  });

  it('T15: a damaged users document is set aside and told; who registers again has their catalogue again', async () => {
    const ana = await net.join('Ana');
    await ana.request('entries:announce', { entries: [createEntry()] });
    const path = join(net.dataFolder, 'users.json');
    await net.tracker.close();
    await writeFile(path, '{"version":1,"users":[{"id":');
    await net.restart();
    expect(net.logged).toMatchObject([{ code: 'document-broken', file: 'users.json' }]);
    const aside = (await readdir(net.dataFolder)).find((file) => file.startsWith('users.json.broken-'));
    expect(await readFile(join(net.dataFolder, aside ?? ''), 'utf8')).toBe('{"version":1,"users":[{"id":');
    const again = await net.connect(ana.user);
    await expect(again.open()).rejects.toMatchObject({ code: 'not-registered' });
    await again.register('Ana');
    await again.open();
    expect((await again.request('catalogue:list', newest)).total).toBe(1);
  });

  it('T15: a damaged key is not replaced: it does not start, and leaves the file as it is', async () => {
    const path = join(net.dataFolder, 'identity.json');
    const text = await readFile(path, 'utf8');
    await net.tracker.close();
    await writeFile(path, text.slice(0, 40));
    await expect(net.restart()).rejects.toMatchObject({ code: 'identity-broken' });
    expect(await readFile(path, 'utf8')).toBe(text.slice(0, 40));
    await writeFile(path, text);
    await net.restart();
  });

  it('T15: a damaged certificate is replaced: the tracker’s key vouches for the new one', async () => {
    const { trackerId } = net.tracker;
    await net.tracker.close();
    await writeFile(
      join(net.dataFolder, 'tls.json'),
      JSON.stringify({ version: 1, privateKeyPem: 'x', certificatePem: 'y' }),
    );
    await net.restart();
    expect(net.tracker.trackerId).toBe(trackerId);
    await net.join('Ana');
  });
});

describe('closing', () => {
  it('T16: ends every connection, and may be asked twice', async () => {
    const ana = await net.join('Ana');
    await Promise.all([net.tracker.close(), net.tracker.close()]);
    await ana.disconnected;
    await expect(net.connect()).rejects.toThrow();
  });
});
