import type { UserId } from '@enxame/shared/ids';
import type { PayloadIn } from '@enxame/shared/messages/request-table';
import { apiRoutes, type ApiRouteName } from '@enxame/shared/tracker/api';
import type { ApiRoute } from '@enxame/shared/tracker/api-route';
import type { TrackerRequests } from '@enxame/shared/tracker/requests';
import { afterEach, describe, expect, it } from 'vitest';
import { adminPayloads } from './test-kit/admin-payloads.js';
import { createContentId, createEntry } from './test-kit/entries.js';
import type { TestDevice } from './test-kit/test-device.js';
import { startTestTracker, type TestTracker } from './test-kit/test-tracker.js';
import { createTestUser } from './test-kit/test-user.js';
import { unlimitedLimits } from './test-kit/unlimited-limits.js';
import { askHttp, joinWeb } from './test-kit/web-user.js';

let net: TestTracker | undefined;
afterEach(async () => {
  await net?.close();
  net = undefined;
});

const window = { offset: 0, limit: 200 };
const secretName = 'zzqx surprise.bin';
const secretSize = 987_654_321;
const secretSum = 'fa'.repeat(32);
const createSecret = (audience: UserId[]) =>
  createEntry({ name: secretName, size: secretSize, sha256: secretSum, audience });
type Secret = ReturnType<typeof createSecret>;

/** One payload for every request there is, aimed at an entry of which the one who asks may not know. */
function createPayloads({ id, contentId }: Secret, owner: TestDevice) {
  const deviceId = owner.user.deviceId;
  const linkId = 'x'.repeat(22) as never;
  const payloads: { readonly [N in keyof TrackerRequests]: PayloadIn<TrackerRequests, N> } = {
    ...adminPayloads,
    'admin:remove': { id, reason: 'x' },
    'session:challenge': {},
    'user:register': { name: 'Bia', userKey: 'x', signature: 'x' },
    'name:check': { name: 'x' },
    'session:open': { grant: owner.user.grant, signature: 'x', addresses: [] },
    'presence:update': { addresses: [] },
    'entries:compare': { digest: 'x' },
    'entries:announce': { entries: [createEntry({ name: 'mine.txt' })] },
    'entries:withdraw': { ids: [id] },
    'catalogue:list': { query: { text: 'zzqx' }, window },
    'catalogue:watch': { watchId: 7, query: {}, window },
    'catalogue:unwatch': { watchId: 9 },
    'entry:get': { id },
    'sources:watch': { contentId },
    'sources:unwatch': { contentId },
    'sources:offer': { offers: [{ contentId, complete: true }] },
    'sources:retract': { contentIds: [contentId] },
    'path:ask': { contentId, deviceId, hasRelay: true },
    'people:watch': {},
    'reach:check': {},
    'search:save': { name: 'x', query: { text: 'zzqx' } },
    'search:list': {},
    'search:seen': { id: linkId },
    'search:forget': { id: linkId },
    'download:report': { contentId, bytes: { direct: 1, relayed: 0, hosted: 0 } },
    'hosted:keep': { contentId, name: 'x' },
    'hosted:watch': {},
    'hosted:drop': { contentId },
    'link:create': { target: id },
    'links:list': {},
    'link:takes': { id: linkId },
    'link:revoke': { id: linkId },
    'token:create': { name: 'x', scopes: ['read'] },
    'tokens:list': {},
    'token:revoke': { id: linkId },
  };
  return payloads;
}

/** What would give the entry away, in whatever is answered or pushed. The owner is known to everybody; the entry is not. */
function expectNoTrace(text: string, secret: Secret, where: string): void {
  for (const trace of ['surprise', String(secretSize), secretSum, secret.id]) expect(text, where).not.toContain(trace);
}

const ask = (device: TestDevice, name: string, payload: unknown): Promise<unknown> => device.raw(name, payload);

describe('an entry for chosen people', () => {
  it('T141: no request and no push tells anybody else of it, and each is answered as if it were not there', async () => {
    net = await startTestTracker({ limits: unlimitedLimits });
    const zeca = await net.join('Zeca'); // administers
    const ana = await net.join('Ana');
    const rui = await net.join('Rui');
    const bia = await net.join('Bia');
    const pushed: string[] = [];
    bia.socket.onAny((name: string, payload: unknown) => pushed.push(`${name} ${JSON.stringify(payload)}`));
    await bia.request('people:watch', {});
    await bia.request('catalogue:watch', { watchId: 1, query: {}, window });
    await bia.request('catalogue:watch', { watchId: 2, query: { owner: ana.user.userId, group: 'content' }, window });
    await bia.request('search:save', { name: 'what Ana has', query: { owner: ana.user.userId } });
    const before = await bia.request('stats:read', {});
    await rui.request('catalogue:watch', { watchId: 1, query: {}, window });
    const secret = createSecret([rui.user.userId]);
    const missing = { ...secret, id: createEntry().id, contentId: createContentId() };
    await ana.request('entries:announce', { entries: [secret] });
    await rui.pushed('catalogue:changed', ({ diff }) => diff.upserted.some(({ id }) => id === secret.id));

    const payloads = createPayloads(secret, ana);
    const control = createPayloads(missing, ana);
    for (const name of Object.keys(payloads) as (keyof TrackerRequests)[]) {
      if (name === 'account:leave') continue; // it would be the last
      const answer = JSON.stringify(await ask(bia, name, payloads[name]));
      expectNoTrace(answer, secret, name);
      expect(answer, name).not.toContain('rate-limited'); // or it would have said nothing
      // Nor by how it is refused: as what does not exist.
      const other = JSON.stringify(await ask(bia, name, control[name]));
      if (answer.includes('"ok":false')) expect(other.replaceAll(missing.id, ''), name).toBe(answer);
    }
    expect(await bia.request('stats:read', {})).toMatchObject({
      entries: before.entries + 2, // bia's own two
      contents: before.contents,
    });
    expect((await bia.request('people:watch', {})).people.find(({ id }) => id === ana.user.userId)?.entries).toBe(0);
    await ana.request('entries:announce', { entries: [createEntry({ name: 'for all.txt' })] });
    await bia.pushed('catalogue:changed', ({ diff }) => diff.upserted.some(({ name }) => name === 'for all.txt'));
    await bia.pushed('search:found');
    expectNoTrace(pushed.join('\n'), secret, 'pushes');
    zeca.close();
  });

  it('T141: no route over HTTP does, with a token of somebody else or without one', async () => {
    net = await startTestTracker({ limits: unlimitedLimits });
    const ana = await net.join('Ana');
    await ana.request('admin:configure', { catalogue: 'public' });
    const ruiUser = createTestUser();
    const secret = createSecret([ruiUser.userId]);
    await ana.request('entries:announce', { entries: [secret] });
    const bia = await joinWeb(net, 'Bia');
    const rui = await joinWeb(net, 'Rui', ruiUser);
    const tried: ApiRouteName[] = [];
    for (const [name, route] of Object.entries<ApiRoute>(apiRoutes)) {
      for (const hash of name === 'download' ? [secret.contentId, secretSum] : ['']) {
        const path = route.path
          .replace(':hash', hash)
          .replace(':contentId', secret.contentId)
          .replace(':index', '0')
          .replace(':id', 'x'.repeat(22));
        const json = name === 'createLink' ? { target: secret.id } : {};
        for (const token of [undefined, bia.token]) {
          const reply = await askHttp<unknown>(net, `${path}${name === 'files' ? '?q=zzqx' : ''}`, {
            method: route.method.toUpperCase(),
            ...(token !== undefined && { token }),
            ...(route.method === 'post' && { json }),
          });
          const text = JSON.stringify(reply.body) + JSON.stringify([...reply.headers]);
          expectNoTrace(text.replaceAll(path, ''), secret, name);
          if (name === 'download') expect(reply.status).toBe(404);
        }
      }
      tried.push(name as ApiRouteName);
    }
    expect(tried).toEqual(Object.keys(apiRoutes));
    expect((await askHttp<{ total: number }>(net, '/files?q=zzqx', { token: bia.token })).body.total).toBe(0);
    const found = await askHttp<object>(net, '/files?q=zzqx', { token: rui.token });
    expect(found.body).toMatchObject({ total: 1, files: [{ id: secret.id, name: secretName, restricted: true }] });
    const there = await askHttp<object>(net, `/download/${secretSum}`, { token: rui.token, method: 'HEAD' });
    expect([there.status, there.headers.get('content-length')]).toEqual([200, String(secretSize)]);
  });

  it('T140: its people and its owner find it in every list, with a ticket; they are not told who the others are', async () => {
    net = await startTestTracker({ limits: unlimitedLimits });
    const ana = await net.join('Ana');
    const rui = await net.join('Rui');
    const leo = await net.join('Leo');
    await rui.request('search:save', { name: 'surprises', query: { text: 'zzqx' } });
    const secret = createSecret([rui.user.userId, leo.user.userId]);
    await ana.request('entries:announce', { entries: [secret] });
    for (const device of [ana, rui, leo]) {
      const list = await device.request('catalogue:list', { query: { text: 'zzqx' }, window });
      expect(list).toMatchObject({ total: 1, rows: [{ id: secret.id, sources: 1, restricted: true }] });
      expect(JSON.stringify(list)).not.toContain('audience');
      expect((await device.request('entry:get', { id: secret.contentId })).id).toBe(secret.id);
      const { people } = await device.request('people:watch', {});
      expect(people.find(({ id }) => id === ana.user.userId)?.entries).toBe(1);
    }
    expect((await rui.pushed('search:found')).found).toMatchObject([{ id: secret.id }]);
    const { sources, ticket } = await rui.request('sources:watch', { contentId: secret.contentId });
    expect(sources.map(({ deviceId }) => deviceId)).toEqual([ana.user.deviceId]);
    expect(ticket).not.toBe('');
  });

  it('T140: is there after a restart; for everybody, for nobody and for others again as its owner says', async () => {
    net = await startTestTracker({ limits: unlimitedLimits });
    let ana = await net.join('Ana');
    const rui = await net.join('Rui');
    const secret = createSecret([rui.user.userId]);
    await ana.request('entries:announce', { entries: [secret, createEntry({ name: 'open.txt' })] });
    await net.restart();
    const again = async (user: TestDevice['user']): Promise<TestDevice> => {
      const device = await (net as TestTracker).connect(user);
      await device.open();
      return device;
    };
    ana = await again(ana.user);
    const reader = await again(rui.user);
    const bia = await net.join('Bia');
    const names = async (device: TestDevice): Promise<string[]> =>
      (await device.request('catalogue:list', { query: { sort: 'name', descending: false }, window })).rows.map(
        ({ name }) => name,
      );
    expect([await names(reader), await names(bia)]).toEqual([['open.txt', secretName], ['open.txt']]);
    const { audience: _audience, ...open } = secret;
    await ana.request('entries:announce', { entries: [open] });
    expect(await names(bia)).toEqual(['open.txt', secretName]);
    await ana.request('entries:announce', { entries: [{ ...open, audience: [] }] });
    expect([await names(ana), await names(reader), await names(bia)]).toEqual([
      ['open.txt', secretName],
      ['open.txt'],
      ['open.txt'],
    ]);
    const { known } = await ana.request('entries:compare', { digest: 'x' });
    expect(known.map(({ id }) => id)).toContain(secret.id);
    await ana.request('entries:withdraw', { ids: [secret.id] });
    expect(await names(ana)).toEqual(['open.txt']);
  });

  it('T144: its owner can make a link to what only links lead to, and nobody else can', async () => {
    net = await startTestTracker({ limits: unlimitedLimits });
    const ana = await net.join('Ana');
    const bia = await net.join('Bia');
    const secret = createSecret([]);
    await ana.request('entries:announce', { entries: [secret] });
    const link = await ana.request('link:create', { target: secret.id });
    expect(link).toMatchObject({ name: secretName, contentId: secret.contentId });
    const page = await askHttp<object>(net, `/links/${link.id}`);
    expect(page.body).toMatchObject({ content: { name: secretName, from: 'online' } });
    await expect(bia.request('link:create', { target: secret.id })).rejects.toMatchObject({ code: 'entry-not-found' });
    await ana.request('entries:withdraw', { ids: [secret.id] });
    expect((await askHttp<object>(net, `/links/${link.id}`)).status).toBe(410);
  });
});
