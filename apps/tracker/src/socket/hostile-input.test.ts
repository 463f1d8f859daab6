import { connect as connectTcp } from 'node:net';
import { trackerRequests } from '@enxame/shared/tracker/requests';
import { answerSchema } from '@enxame/shared/messages/request-table';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEntry } from '../test-kit/entries.js';
import type { TestDevice } from '../test-kit/test-device.js';
import { startTestTracker, type TestTracker } from '../test-kit/test-tracker.js';

let net: TestTracker;
let member: TestDevice;
let stranger: TestDevice;
beforeAll(async () => {
  net = await startTestTracker({ limits: { requestsPerSecond: 100_000 } });
  member = await net.join('Ana');
  stranger = await net.connect();
});
afterAll(async () => {
  expect(net.logged).toEqual([]); // nothing of this was unforeseen
  await net.close();
});

const names = Object.keys(trackerRequests);
const stillServes = async (): Promise<void> => {
  await member.request('catalogue:list', { query: {}, window: { offset: 0, limit: 1 } });
};
const errorOf = async (device: TestDevice, name: string, payload: unknown): Promise<string> => {
  const answer = answerSchema.parse(await device.raw(name, payload));
  return answer.ok ? 'none' : answer.error.code;
};

describe('malformed messages', () => {
  const malformed: readonly unknown[] = [
    null,
    undefined,
    0,
    '',
    'text',
    [],
    [[]],
    true,
    { more: 1 },
    { __proto__: null, constructor: 1 },
    new Uint8Array([1, 2]),
  ];
  it.each(names)('T3: %s answers bad-request to what does not fit, with a session or without', async (name) => {
    for (const device of [member, stranger]) {
      for (const payload of malformed) expect(await errorOf(device, name, payload)).toBe('bad-request');
    }
    await stillServes();
  });

  it.each([
    '',
    'x',
    'toString',
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'entries:',
    'people:changed',
    'x'.repeat(10_000),
  ])('T3: there is no %j', async (name) => {
    expect(await errorOf(member, name, {})).toBe('not-supported');
  });

  it.each(names)('T3: %s without acknowledgement, or with more arguments, harms nothing', async (name) => {
    member.socket.emit(name);
    member.socket.emit(name, {});
    member.socket.emit(name, {}, {}, () => undefined);
    member.socket.emit(name, () => undefined);
    await stillServes();
  });

  it('T3: random values of random shape under every name are answered by the closed list, or served', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.anything({ maxDepth: 3 }).map(toJson), async (name, payload) => {
        answerSchema.parse(await stranger.raw(name, payload));
        const answer = answerSchema.parse(await member.raw(name, payload));
        if (!answer.ok) expect(answer.error.code).not.toBe('internal');
      }),
      { seed: 21, numRuns: 400 },
    );
    await stillServes();
  });

  it('T3: well-formed requests with one hostile field are refused', async () => {
    const entry = createEntry();
    const hostile = [
      { ...entry, name: '../../etc/passwd' },
      { ...entry, name: 'a\u202eb.exe' },
      { ...entry, name: '' },
      { ...entry, name: 'CON' },
      { ...entry, size: -1 },
      { ...entry, size: 2 ** 60 },
      { ...entry, size: 1.5 },
      { ...entry, sha256: 'A'.repeat(64) },
      { ...entry, id: '../../users' },
      { ...entry, more: 1 },
    ];
    for (const bad of hostile)
      expect(await errorOf(member, 'entries:announce', { entries: [entry, bad] })).toBe('bad-request');
    expect((await member.request('catalogue:list', { query: {}, window: { offset: 0, limit: 1 } })).total).toBe(0);
    for (const host of ['localhost', '', '1.2.3', '::g', '1.2.3.4; rm']) {
      expect(await errorOf(member, 'presence:update', { addresses: [{ host, port: 1 }] })).toBe('bad-request');
    }
  });

  it('T14: a message that is too large ends its own connection, and no other', async () => {
    const device = await net.connect();
    device.socket.emit('name:check', { name: 'x'.repeat(2 * 1024 * 1024) }, () => undefined);
    await device.disconnected;
    await stillServes();
  });

  it('T14: more watches than allowed are refused', async () => {
    const watch = (watchId: number) =>
      errorOf(member, 'catalogue:watch', { watchId, query: {}, window: { offset: 0, limit: 1 } });
    for (let watchId = 0; watchId < 16; watchId++) expect(await watch(watchId)).toBe('none');
    expect(await watch(16)).toBe('too-large');
    expect(await watch(3)).toBe('none');
    await member.request('catalogue:unwatch', { watchId: 5 });
    expect(await watch(16)).toBe('none');
  });
});

describe('hostile bytes on the port', () => {
  it.each([
    ['TLS that is none', Buffer.from([0x16, 3, 1, 0, 5, 1, 2, 3, 4, 5])],
    ['HTTP that is none', Buffer.from('GET\r\n\r\n')],
    ['a header without end', Buffer.from(`GET / HTTP/1.1\r\nx: ${'a'.repeat(100_000)}`)],
    ['zeros', Buffer.alloc(1000)],
    ['nothing', undefined],
  ])('T2: %s ends that connection, and no other', async (_, bytes) => {
    const socket = connectTcp(net.tracker.address.port, '127.0.0.1');
    socket.on('error', () => undefined); // a reset is an end too
    await new Promise((resolve) => {
      socket.once('close', resolve);
      socket.resume();
      if (bytes) socket.write(bytes);
      else socket.end();
    });
    await stillServes();
  });
});

/** What survives the wire: no functions, no cycles, no numbers that JSON has not. */
function toJson(value: unknown): unknown {
  try {
    return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown);
  } catch {
    return null; // bigint: JSON has none
  }
}
