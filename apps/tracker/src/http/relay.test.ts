import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { createWebSocketStream, WebSocket } from 'ws';
import { afterEach, describe, expect, it } from 'vitest';
import type { UserId } from '@enxame/shared/ids';
import type { PathId } from '@enxame/shared/tracker/path';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { PathSide } from '../domain/paths.js';
import type { Session } from '../domain/session.js';
import { createFakeClock } from '../test-kit/fake-clock.js';
import { createRelayDoor } from './relay-door.js';
import { createRelay, type Relay } from './relay.js';
import { attachUpgrades } from './upgrades.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Bench {
  readonly relay: Relay;
  readonly port: number;
  readonly clock: ReturnType<typeof createFakeClock>;
  /** A token for one side of a path of a user. */
  token(path: string, user?: string): string;
}

async function setUp(
  change: Partial<Parameters<typeof createRelay>[0]['limits']> & { isOn?: boolean } = {},
): Promise<Bench> {
  const { isOn = true, ...limits } = change;
  const clock = createFakeClock();
  const relay = createRelay({
    isOn,
    clock,
    limits: { relays: 10, relaysPerUser: 10, relayWaitMs: 15_000, relayIdleMs: 60_000, ...limits },
  });
  const sides = new Map<string, PathSide>();
  const server: Server = createServer();
  const door = createRelayDoor({
    relay,
    paths: {
      ask: () => { throw new Error('not asked here'); }, // prettier-ignore
      seen: () => undefined,
      close: () => undefined,
      takeRelaySide: (token) => {
        const side = sides.get(token);
        if (!side) throw new EnxameError('unauthorized');
        sides.delete(token);
        return side;
      },
    },
  });
  attachUpgrades(server, [door]);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(
    () => new Promise((resolve) => server.close(resolve)),
    () => { relay.close(); }, // prettier-ignore
  );
  return {
    relay,
    port: (server.address() as AddressInfo).port,
    clock,
    token: (path, user = path) => {
      const token = randomBytes(32).toString('base64url');
      sides.set(token, { pathId: path as PathId, session: { user: { id: user as UserId } } as Session });
      return token;
    },
  };
}

/** The raw way in; resolves with the head of the answer. */
function knock(port: number, token: string, more = ''): { socket: Socket; answer: Promise<string> } {
  const socket = connect(port, '127.0.0.1');
  closers.push(() => socket.destroy());
  socket.on('error', () => undefined); // cut, as some tests want it
  socket.write(
    `GET /relay HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: enxame-relay\r\nauthorization: Bearer ${token}\r\n\r\n${more}`,
  );
  const answer = new Promise<string>((resolve) => {
    let text = '';
    const read = (): void => {
      const chunk = socket.read() as Buffer | null;
      text += chunk?.toString('latin1') ?? '';
      if (!text.includes('\r\n\r\n')) return;
      socket.off('readable', read);
      resolve(text);
    };
    socket.on('readable', read);
    socket.once('close', () => {
      resolve(text);
    });
  });
  return { socket, answer };
}

async function joinTwo(
  bench: Bench,
  path = 'p',
  users: readonly [string, string] = ['a', 'b'],
): Promise<[Socket, Socket]> {
  const [left, right] = [
    knock(bench.port, bench.token(path, users[0])),
    knock(bench.port, bench.token(path, users[1])),
  ];
  expect(await left.answer).toMatch(/^HTTP\/1\.1 101 /);
  expect(await right.answer).toMatch(/^HTTP\/1\.1 101 /);
  return [left.socket, right.socket];
}

async function readBytes(stream: NodeJS.ReadableStream, bytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    if ((size += chunk.length) >= bytes) break;
  }
  return Buffer.concat(chunks);
}

describe('the relay', () => {
  it('T56: passes bytes on both ways, unchanged, and counts them', async () => {
    const bench = await setUp();
    const [left, right] = await joinTwo(bench);
    const there = randomBytes(3_000_000);
    const back = randomBytes(70_000);
    left.end(there);
    right.write(back);
    const [a, b] = await Promise.all([readBytes(right, there.length), readBytes(left, back.length)]);
    expect(a.equals(there) && b.equals(back)).toBe(true);
    expect(bench.relay.stats).toMatchObject({ total: 1 });
    expect(bench.relay.stats.bytes).toBe(there.length + back.length);
  });

  it('T57: a raw side and one in a WebSocket can talk', async () => {
    const bench = await setUp();
    const socket = new WebSocket(`ws://127.0.0.1:${String(bench.port)}/relay`, {
      perMessageDeflate: false,
      headers: { authorization: `Bearer ${bench.token('p')}` },
    });
    const stream = createWebSocketStream(socket);
    closers.push(() => stream.destroy());
    stream.on('error', () => undefined);
    const raw = knock(bench.port, bench.token('p'));
    expect(await raw.answer).toMatch(/^HTTP\/1\.1 101 /);
    const bytes = randomBytes(1_000_000);
    raw.socket.write(bytes);
    expect((await readBytes(stream, bytes.length)).equals(bytes)).toBe(true);
  });

  it.each([
    ['a token that was never given', (bench: Bench) => ({ bench, token: 'A'.repeat(43), code: 'unauthorized' })],
    ['no token', (bench: Bench) => ({ bench, token: '', code: 'unauthorized' })],
  ])('T54: refuses %s', async (_, make) => {
    const { bench, token, code } = make(await setUp());
    expect(await knock(bench.port, token).answer).toContain(`"code":"${code}"`);
  });

  it('T54: a token that was used lets nobody else in, and the pipe of the first goes on', async () => {
    const bench = await setUp();
    const [mine, theirs] = [bench.token('p'), bench.token('p')];
    const left = knock(bench.port, mine);
    const right = knock(bench.port, theirs);
    await Promise.all([left.answer, right.answer]);
    expect(await knock(bench.port, mine).answer).toContain('"code":"unauthorized"');
    left.socket.write('still here');
    expect((await readBytes(right.socket, 10)).toString()).toBe('still here');
  });

  it('T56: refuses who says more before the answer', async () => {
    const bench = await setUp();
    expect(await knock(bench.port, bench.token('p'), 'early').answer).toContain('"code":"bad-request"');
  });

  it('T58: a side whose other never comes is told so after a while; one that leaves waits no longer', async () => {
    const bench = await setUp({ relayWaitMs: 5000 });
    const alone = knock(bench.port, bench.token('p'));
    await once(alone.socket, 'connect');
    // The request is in when another one after it has been answered.
    expect(await knock(bench.port, '').answer).toContain('401');
    bench.clock.advance(5000);
    expect(await alone.answer).toMatch(/"relay-refused".*"alone"/);
  });

  it.each([
    ['off', { isOn: false }],
    ['full', { relays: 0 }],
    ['user', { relaysPerUser: 0 }],
  ] as const)('T59: says "%s" when it is', async (reason, change) => {
    const bench = await setUp(change);
    const [left, right] = [knock(bench.port, bench.token('p', 'u')), knock(bench.port, bench.token('p', 'u'))];
    const answer = await Promise.any([left.answer, right.answer]);
    expect(answer).toContain('503');
    expect(answer).toContain(`"reason":"${reason}"`);
  });

  it('T59: a place is free again when a pipe has ended', async () => {
    const bench = await setUp({ relays: 1 });
    const [left, right] = await joinTwo(bench);
    left.destroy();
    await once(right.resume(), 'close');
    while (bench.relay.stats.open > 0) await new Promise(setImmediate);
    await joinTwo(bench, 'q');
  });

  it('T60: a side that does not read makes the other wait; nothing piles up', async () => {
    const bench = await setUp();
    const [left] = await joinTwo(bench);
    const chunk = Buffer.alloc(1024 * 1024);
    let taken = 0;
    const send = (): void => {
      while (taken < 512 && left.write(chunk)) taken++;
      taken++;
    };
    left.on('drain', send);
    const before = process.memoryUsage().rss;
    send();
    // As long as anything moves, the relay's count grows; then the system's buffers are full.
    for (let last = -1; bench.relay.stats.bytes !== last;) {
      last = bench.relay.stats.bytes;
      for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
    }
    expect(taken).toBeLessThan(64);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('T60: a pipe in which nothing moves is ended', async () => {
    const bench = await setUp({ relayIdleMs: 20 });
    const [left, right] = await joinTwo(bench);
    await Promise.all([once(left.resume(), 'close'), once(right.resume(), 'close')]);
  });
});
