import { signStatement } from '@enxame/identity/signing';
import { registrationStatement, sessionStatement } from '@enxame/shared/identity/grant';
import type { TrackerRequests } from '@enxame/shared/tracker/requests';
import { trackerRequests } from '@enxame/shared/tracker/requests';
import type { RequestName } from '@enxame/shared/messages/request-table';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminPayloads } from '../test-kit/admin-payloads.js';
import { createContentId, createEntry } from '../test-kit/entries.js';
import type { TestDevice } from '../test-kit/test-device.js';
import { startTestTracker, type TestTracker } from '../test-kit/test-tracker.js';
import { createTestUser } from '../test-kit/test-user.js';

let net: TestTracker;
beforeAll(async () => {
  net = await startTestTracker();
});
afterAll(() => net.close());

const challenge = async (device: TestDevice): Promise<string> => (await device.request('session:challenge', {})).nonce;
const invalid = { code: 'signature-invalid' };

function openWith(device: TestDevice, nonce: string, signer = device.user, grant = device.user.grant) {
  const { trackerId } = net.tracker;
  const signature = signStatement(
    signer.deviceKey,
    sessionStatement({ trackerId, nonce, deviceId: device.user.deviceId }),
  );
  return device.request('session:open', { grant, signature, addresses: [] });
}

describe('registering', () => {
  it('T5: answers the user, and the same when it is asked again', async () => {
    const device = await net.connect();
    const expected = { user: { id: device.user.userId, name: 'Ana' } };
    expect(await device.register('Ana')).toEqual(expected);
    expect(await device.register('ana')).toEqual(expected);
    await expect(device.register('Beatriz')).rejects.toMatchObject({
      code: 'already-registered',
      params: { name: 'Ana' },
    });
  });

  it.each([
    ['', { code: 'name-empty' }],
    ['   ', { code: 'name-empty' }],
    ['x'.repeat(300), { code: 'name-too-long' }],
    ['Carlos\u202e', { code: 'name-characters' }],
    ['Cаrlos', { code: 'name-mixed-scripts' }],
    ['ＡNA', { code: 'name-taken', params: { name: 'Ana' } }],
    ['A na', { code: 'name-look-alike', params: { name: 'Ana' } }],
  ])('T5: refuses %j, and says so before too', async (name, error) => {
    const device = await net.connect();
    await expect(device.request('name:check', { name })).rejects.toMatchObject(error);
    await expect(device.register(name)).rejects.toMatchObject(error);
  });

  it('T5: takes a name written from right to left', async () => {
    const device = await net.connect();
    expect(await device.request('name:check', { name: ' محمد ' })).toEqual({ name: 'محمد' });
    expect((await device.register('محمد')).user.name).toBe('محمد');
  });

  it('T5: takes no name that somebody else’s key signed, or that was changed on the way', async () => {
    const [device, other] = [await net.connect(), createTestUser()];
    const { trackerId } = net.tracker;
    const { userId, userKeyText: userKey } = device.user;
    for (const [key, signedName] of [[other.userKey, 'Diana'], [device.user.userKey, 'Dora']] as const) {
      const nonce = await challenge(device);
      const signature = signStatement(key, registrationStatement({ trackerId, nonce, userId, name: signedName }));
      await expect(device.request('user:register', { name: 'Diana', userKey, signature })).rejects.toMatchObject(invalid);
    } // prettier-ignore
    expect(await device.request('name:check', { name: 'Diana' })).toEqual({ name: 'Diana' });
  });
});

describe('opening a session', () => {
  it('T6: needs a registered user', async () => {
    const device = await net.connect();
    await expect(device.open()).rejects.toMatchObject({ code: 'not-registered' });
    await device.register('Elisa');
    expect(await device.open()).toEqual({
      user: { id: device.user.userId, name: 'Elisa' },
      now: expect.any(Number) as number,
    });
  });

  it('T4: takes a nonce once, for one proof, good or bad', async () => {
    const device = await net.connect();
    await device.register('Fabio');
    const nonce = await challenge(device);
    await openWith(device, nonce);
    await expect(openWith(device, nonce)).rejects.toMatchObject(invalid);

    const spent = await challenge(device);
    await expect(openWith(device, spent, createTestUser())).rejects.toMatchObject(invalid);
    await expect(openWith(device, spent)).rejects.toMatchObject(invalid);

    const early = await challenge(device);
    const late = await challenge(device);
    await expect(openWith(device, early)).rejects.toMatchObject(invalid);
    await expect(openWith(device, late)).rejects.toMatchObject(invalid);
  });

  it('T4: takes no nonce of another connection, and no proof without one', async () => {
    const [victim, thief] = [await net.join('Gil'), await net.connect()];
    const nonce = await challenge(victim);
    const signature = signStatement(
      victim.user.deviceKey,
      sessionStatement({ trackerId: net.tracker.trackerId, nonce, deviceId: victim.user.deviceId }),
    );
    const stolen = { grant: victim.user.grant, signature, addresses: [] };
    await expect(thief.request('session:open', stolen)).rejects.toMatchObject(invalid);
    await challenge(thief);
    await expect(thief.request('session:open', stolen)).rejects.toMatchObject(invalid);
  });

  it('T6: takes a device only with the grant of its user', async () => {
    const [helena, igor] = [await net.join('Helena'), await net.connect()];
    await igor.register('Igor');
    // Igor's device under Helena's name: her key never signed it.
    const { userKey } = helena.user.grant;
    await expect(
      openWith(igor, await challenge(igor), igor.user, { ...igor.user.grant, userKey }),
    ).rejects.toMatchObject(invalid);
    // Helena's grant, without her device's key.
    await expect(openWith(igor, await challenge(igor), igor.user, helena.user.grant)).rejects.toMatchObject(invalid);
  });

  it('T6: takes no proof made for another tracker', async () => {
    const device = await net.join('Joana');
    const nonce = await challenge(device);
    const { deviceId, deviceKey, grant } = device.user;
    const trackerId =
      `${net.tracker.trackerId.slice(0, 51)}${net.tracker.trackerId.endsWith('a') ? 'q' : 'a'}` as never;
    const signature = signStatement(deviceKey, sessionStatement({ trackerId, nonce, deviceId }));
    await expect(device.request('session:open', { grant, signature, addresses: [] })).rejects.toMatchObject(invalid);
  });

  it('T6: of the same device ends its other connection, and nobody sees it go', async () => {
    const watcher = await net.join('Karla');
    await watcher.request('people:watch', {});
    const before = await net.join('Luis');
    await watcher.pushed('people:changed', ({ people }) =>
      people.some(({ name, online }) => name === 'Luis' && online),
    );
    const after = await net.connect(before.user);
    await after.open();
    await before.disconnected;
    const entry = createEntry();
    await after.request('entries:announce', { entries: [entry] });
    const { people } = await watcher.pushed('people:changed', ({ people: all }) =>
      all.some(({ entries }) => entries === 1),
    );
    expect(people.find(({ name }) => name === 'Luis')).toMatchObject({ online: true, entries: 1 });
  });

  it('T6: is for one device on one connection; the same device again says where it is now', async () => {
    const device = await net.join('Marta');
    expect(await device.open([{ host: '127.0.0.1', port: 4444 }])).toEqual({
      user: { id: device.user.userId, name: 'Marta' },
      now: expect.any(Number) as number,
    });
    const second = createTestUser(device.user.userKey);
    const nonce = await challenge(device);
    const { trackerId } = net.tracker;
    const signature = signStatement(
      second.deviceKey,
      sessionStatement({ trackerId, nonce, deviceId: second.deviceId }),
    );
    await expect(
      device.request('session:open', { grant: second.grant, signature, addresses: [] }),
    ).rejects.toMatchObject({
      code: 'bad-request',
    });
  });

  const payloads: Partial<Record<RequestName<TrackerRequests>, unknown>> = {
    'presence:update': { addresses: [] },
    'entries:compare': { digest: '' },
    'entries:announce': { entries: [createEntry()] },
    'entries:withdraw': { ids: [createEntry().id] },
    'catalogue:list': { query: {}, window: { offset: 0, limit: 1 } },
    'catalogue:watch': { watchId: 1, query: {}, window: { offset: 0, limit: 1 } },
    'catalogue:unwatch': { watchId: 1 },
    'entry:get': { id: createEntry().id },
    'sources:watch': { contentId: createContentId() },
    'sources:unwatch': { contentId: createContentId() },
    'sources:offer': { offers: [{ contentId: createContentId(), complete: true }] },
    'sources:retract': { contentIds: [createContentId()] },
    'reach:check': {},
    'path:ask': { contentId: createContentId(), deviceId: createTestUser().deviceId, hasRelay: false },
    'people:watch': {},
    'search:save': { name: 'a search', query: { text: 'mel' } },
    'search:list': {},
    'search:seen': { id: 'a'.repeat(22) },
    'search:forget': { id: 'a'.repeat(22) },
    'hosted:keep': { contentId: createContentId(), name: 'a file.txt' },
    'hosted:watch': {},
    'hosted:drop': { contentId: createContentId() },
    'link:create': { target: createEntry().id },
    'links:list': {},
    'link:takes': { id: 'a'.repeat(22) },
    'link:revoke': { id: 'a'.repeat(22) },
    'token:create': { name: 'a program', scopes: ['read'] },
    'tokens:list': {},
    'token:revoke': { id: 'a'.repeat(11) },
    ...adminPayloads,
  };
  const open = ['session:challenge', 'user:register', 'name:check', 'session:open'];
  it.each(Object.keys(trackerRequests).filter((name) => !open.includes(name)))('T6: is needed for %s', async (name) => {
    const device = await net.connect();
    expect(Object.hasOwn(payloads, name)).toBe(true);
    expect(await device.raw(name, payloads[name as RequestName<TrackerRequests>])).toEqual({
      ok: false,
      error: { code: 'unauthorized' },
    });
    device.close();
  });
});
