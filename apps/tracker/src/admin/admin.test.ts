import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { adminRequests } from '@enxame/shared/tracker/admin';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adminPayloads } from '../test-kit/admin-payloads.js';
import { createContentId, createEntry } from '../test-kit/entries.js';
import type { TestDevice } from '../test-kit/test-device.js';
import { startTestTracker, type TestTracker } from '../test-kit/test-tracker.js';
import { createTestUser } from '../test-kit/test-user.js';
import { askHttp, joinWeb } from '../test-kit/web-user.js';

let net: TestTracker;
let admin: TestDevice;
beforeEach(async () => {
  net = await startTestTracker({ trustProxy: ['127.0.0.1'] });
  admin = await net.join('Ana');
});
afterEach(async () => {
  expect(net.logged).toEqual([]);
  await net.close();
});
const all = { query: {}, window: { offset: 0, limit: 10 } };

describe('who administers', () => {
  it('T104: the first who registered, and nobody else, whatever is asked', async () => {
    const { admins } = await admin.request('admin:read', {});
    expect(admins).toEqual([{ id: admin.user.userId, name: 'Ana' }]);
    const other = await net.join('Bia');
    const stranger = await net.connect();
    for (const name of Object.keys(adminRequests) as (keyof typeof adminRequests)[]) {
      const refusal = (code: string) => ({ ok: false, error: { code } });
      expect(await other.raw(name, adminPayloads[name])).toEqual(refusal('forbidden'));
      expect(await stranger.raw(name, adminPayloads[name])).toEqual(refusal('unauthorized'));
    }
  });

  it('T104: more, whom an administrator names; the last one stays', async () => {
    const other = await net.join('Bia');
    await expect(admin.request('admin:dismiss', { name: 'ana' })).rejects.toMatchObject({ code: 'forbidden' });
    await admin.request('admin:appoint', { name: 'BIA' });
    expect((await other.request('admin:read', {})).admins).toHaveLength(2);
    await other.request('admin:dismiss', { name: 'Ana' });
    await expect(admin.request('admin:read', {})).rejects.toMatchObject({ code: 'forbidden' });
    await net.restart();
    const again = await net.connect(other.user);
    await again.open();
    expect((await again.request('admin:read', {})).admins.map(({ name }) => name)).toEqual(['Bia']);
  });
});

describe('registration', () => {
  it('T101: is closed when it says so, and known people still come in', async () => {
    await admin.request('admin:configure', { registration: 'closed' });
    const other = await net.connect();
    await expect(other.register('Bia')).rejects.toMatchObject({ code: 'registration-closed' });
    await net.restart();
    const again = await net.connect(admin.user);
    expect((await again.register('Ana')).user.name).toBe('Ana');
    await again.open();
    expect((await again.request('admin:read', {})).settings.registration).toBe('closed');
  });

  it('T102: by invitation, as often as it says, and a name that is refused costs nothing', async () => {
    await admin.request('admin:configure', { registration: 'invitation' });
    const { code } = await admin.request('admin:invite', { uses: 2, note: 'the club' });
    const invalid = { code: 'invitation-invalid' };
    const [bia, caio, davi] = [await net.connect(), await net.connect(), await net.connect()];
    await expect(bia.register('Bia')).rejects.toMatchObject(invalid);
    await expect(bia.register('Bia', 'wrong')).rejects.toMatchObject(invalid);
    await expect(bia.register('Ana', code)).rejects.toMatchObject({ code: 'name-taken' });
    await bia.register('Bia', code);
    const last = await Promise.allSettled([caio.register('Caio', code), davi.register('Davi', code)]);
    expect(last.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await admin.request('admin:invitations', {})).invitations).toEqual([]);
    const { records } = await admin.request('admin:audit', {});
    expect(JSON.stringify(records)).not.toContain(code);
  });

  it('T102: an invitation that is over, or taken back, lets nobody in', async () => {
    await admin.request('admin:configure', { registration: 'invitation' });
    const { code } = await admin.request('admin:invite', {});
    await admin.request('admin:uninvite', { code });
    const bia = await net.connect();
    await expect(bia.register('Bia', code)).rejects.toMatchObject({ code: 'invitation-invalid' });
  });
});

describe('bans', () => {
  it('T105: end what a person has open at once, and keep them out until they are lifted', async () => {
    const bia = await net.join('Bia');
    const ban = await admin.request('admin:ban', { target: { kind: 'user', name: 'bia' }, reason: 'spam' });
    await bia.disconnected;
    const again = await net.connect(bia.user);
    await expect(again.open()).rejects.toMatchObject({ code: 'banned', params: { reason: 'spam' } });
    await net.restart();
    const ana = await net.connect(admin.user);
    await ana.open();
    expect(await ana.request('admin:bans', {})).toEqual({ bans: [ban], total: 1 });
    const third = await net.connect(bia.user);
    await expect(third.open()).rejects.toMatchObject({ code: 'banned' });
    await ana.request('admin:unban', { id: ban.id });
    await third.open();
  });

  it('T105: of a device leave the person’s others', async () => {
    const bia = await net.join('Bia');
    const second = await net.connect(createTestUser(bia.user.userKey));
    await second.open();
    await admin.request('admin:ban', { target: { kind: 'device', deviceId: bia.user.deviceId } });
    await bia.disconnected;
    await second.request('catalogue:list', all);
  });

  it('T105: shut out no administrator, and nobody who is not there', async () => {
    const ban = (name: string) => admin.request('admin:ban', { target: { kind: 'user', name } });
    await expect(ban('Ana')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(ban('Zoe')).rejects.toMatchObject({ code: 'person-not-found', params: { name: 'Zoe' } });
    const range = { kind: 'address', range: '192.0.2.0/99' };
    expect(await admin.raw('admin:ban', { target: range })).toMatchObject({
      ok: false,
      error: { code: 'bad-request' },
    });
  });
});

describe('removed entries', () => {
  it('T106: are gone for all, their owner reads why, also later, and they do not come back', async () => {
    const bia = await net.join('Bia');
    const [kept, gone] = [createEntry(), createEntry({ name: 'x.exe' })];
    await bia.request('entries:announce', { entries: [kept, gone] });
    expect(await admin.request('admin:remove', { id: gone.id, reason: 'a virus' })).toEqual({ removed: 1 });
    const told = await bia.pushed('entry:removed');
    expect(told.removals).toMatchObject([{ name: 'x.exe', reason: 'a virus', contentId: gone.contentId }]);
    expect((await admin.request('catalogue:list', all)).rows.map(({ id }) => id)).toEqual([kept.id]);
    const other = createEntry({ contentId: gone.contentId });
    for (const entry of [gone, other]) {
      const { refused } = await bia.request('entries:announce', { entries: [entry] });
      expect(refused).toMatchObject([{ error: { code: 'entry-removed', params: { reason: 'a virus' } } }]);
    }
    bia.close();
    await bia.disconnected;
    await net.restart();
    const again = await net.connect(bia.user);
    await again.open();
    const { removals } = await again.pushed('entry:removed');
    await again.request('removals:dismiss', { ids: removals.map(({ id }) => id) });
    const third = await net.connect(createTestUser(bia.user.userKey));
    const late = third.pushed('entry:removed').then(() => 'told again');
    await third.open();
    expect(await Promise.race([late, third.request('announcements:list', {})])).toEqual({ announcements: [] });

    const ana = await net.connect(admin.user);
    await ana.open();
    const [removal] = (await ana.request('admin:removals', {})).removals;
    await ana.request('admin:restore', { id: removal?.id ?? '' });
    expect(await third.request('entries:announce', { entries: [gone] })).toEqual({ refused: [] });
  });

  it('T106: of a content go from all who have it', async () => {
    const bia = await net.join('Bia');
    const contentId = createContentId();
    for (const device of [admin, bia]) {
      await device.request('entries:announce', { entries: [createEntry({ contentId })] });
    }
    expect(await admin.request('admin:remove', { id: contentId, reason: '' })).toEqual({ removed: 2 });
    await expect(admin.request('admin:remove', { id: contentId, reason: '' })).rejects.toMatchObject({
      code: 'entry-not-found',
    });
  });
});

describe('announcements and the log', () => {
  it('T107: are pushed to all, and kept for who was away', async () => {
    const bia = await net.join('Bia');
    const made = await admin.request('admin:announce', { text: 'Back at nine.\nReally.' });
    expect(await bia.pushed('announcement:made')).toEqual(made);
    expect(await admin.pushed('announcement:made')).toEqual(made);
    for (let count = 0; count < 21; count++) await admin.request('admin:announce', { text: String(count) });
    const { announcements } = await bia.request('announcements:list', {});
    expect([announcements.length, announcements[0]?.text]).toEqual([20, '20']);
  });

  it('T108: everything that was done is in the log, the latest first, page by page', async () => {
    await net.join('Bia');
    await admin.request('admin:configure', { catalogue: 'public' });
    await admin.request('admin:quota', { name: 'Bia', hostedBytes: 5 });
    await admin.request('admin:quota', { name: 'Bia', hostedBytes: null });
    await net.restart();
    const ana = await net.connect(admin.user);
    await ana.open();
    const { records, total } = await ana.request('admin:audit', { limit: 3 });
    expect([total, records.map(({ action, by }) => [action, by])]).toEqual([5, [['quota', 'Ana'], ['quota', 'Ana'], ['configure', 'Ana']]]); // prettier-ignore
    const rest = await ana.request('admin:audit', { before: records[2]?.number ?? 0 });
    expect(rest.records.map(({ action, target }) => [action, target])).toEqual([['register', 'Bia'], ['register', 'Ana']]); // prettier-ignore
    expect((await ana.request('admin:read', {})).quotas).toEqual([]);
  });
});

describe('before there were administrators', () => {
  it('T104: who registered first in a network of before becomes one', async () => {
    await net.join('Bia');
    await net.restart(undefined, () => rm(join(net.dataFolder, 'admin.jsonl')));
    const again = await net.connect(admin.user);
    await again.open();
    expect((await again.request('admin:read', {})).admins).toMatchObject([{ name: 'Ana' }]);
  });
});

describe('over HTTP', () => {
  const post = (path: string, token: string | undefined, json: unknown) =>
    askHttp(net, path, { json, ...(token !== undefined && { token }) });

  it('T104: who has the scope of an administrator, and is one, may the same', async () => {
    const { token } = await joinWeb(net, 'Ana', admin.user);
    const bia = await net.join('Bia');
    expect(await post('/admin/configure', token, { catalogue: 'public' })).toMatchObject({ status: 200, body: { catalogue: 'public' } }); // prettier-ignore
    expect(await post('/admin/ban', token, { target: { kind: 'user', name: 'Bia' } })).toMatchObject({ status: 200 });
    await bia.disconnected;
    expect(await post('/admin/read', undefined, {})).toMatchObject({ status: 401 });
    expect(await post('/admin/configure', token, { catalogue: 'nobody' })).toMatchObject({ status: 400 });
    await net.join('Caio');
    await admin.request('admin:appoint', { name: 'Caio' });
    await admin.request('admin:dismiss', { name: 'Ana' });
    expect(await post('/admin/read', token, {})).toMatchObject({ status: 403, body: { error: { code: 'forbidden' } } });
  });

  it('T105: an address that is shut out is answered so, but for the state of the tracker', async () => {
    const ban = (range: string) => admin.request('admin:ban', { target: { kind: 'address', range }, reason: 'noise' });
    await expect(ban('127.0.0.0/8')).rejects.toMatchObject({ code: 'forbidden' }); // where the administrator is
    await ban('192.0.2.0/24');
    const at = (path: string, from: string) => askHttp(net, path, { init: { headers: { 'x-forwarded-for': from } } });
    expect(await at('/hello', '192.0.2.7')).toMatchObject({ status: 403, body: { error: { code: 'banned', params: { reason: 'noise' } } } }); // prettier-ignore
    expect([(await at('/healthz', '192.0.2.7')).status, (await at('/hello', '192.0.3.7')).status]).toEqual([200, 200]);
  });
});
