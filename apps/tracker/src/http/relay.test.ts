import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createWebSocketStream, WebSocket } from 'ws';
import { afterEach, describe, expect, it } from 'vitest';
import { openRelayBench, readBytes, type RelayBench as Bench } from '../test-kit/relay-bench.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function setUp(change: Parameters<typeof openRelayBench>[0] = {}): Promise<Bench> {
  const bench = await openRelayBench(change);
  closers.push(() => bench.close());
  return bench;
}

async function joinTwo(
  bench: Bench,
  path = 'p',
  users: readonly [string, string] = ['a', 'b'],
): Promise<[Socket, Socket]> {
  const [left, right] = [bench.knock(bench.token(path, users[0])), bench.knock(bench.token(path, users[1]))];
  expect(await left.answer).toMatch(/^HTTP\/1\.1 101 /);
  expect(await right.answer).toMatch(/^HTTP\/1\.1 101 /);
  return [left.socket, right.socket];
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
    const raw = bench.knock(bench.token('p'));
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
    expect(await bench.knock(token).answer).toContain(`"code":"${code}"`);
  });

  it('T54: a token that was used lets nobody else in, and the pipe of the first goes on', async () => {
    const bench = await setUp();
    const [mine, theirs] = [bench.token('p'), bench.token('p')];
    const left = bench.knock(mine);
    const right = bench.knock(theirs);
    await Promise.all([left.answer, right.answer]);
    expect(await bench.knock(mine).answer).toContain('"code":"unauthorized"');
    left.socket.write('still here');
    expect((await readBytes(right.socket, 10)).toString()).toBe('still here');
  });

  it('T56: refuses who says more before the answer', async () => {
    const bench = await setUp();
    expect(await bench.knock(bench.token('p'), 'early').answer).toContain('"code":"bad-request"');
  });

  it('T58: a side whose other never comes is told so after a while; one that leaves waits no longer', async () => {
    const bench = await setUp({ relayWaitMs: 5000 });
    const alone = bench.knock(bench.token('p'));
    await once(alone.socket, 'connect');
    // The request is in when another one after it has been answered.
    expect(await bench.knock('').answer).toContain('401');
    bench.clock.advance(5000);
    expect(await alone.answer).toMatch(/"relay-refused".*"alone"/);
  });

  it.each([
    ['off', { isOn: false }],
    ['full', { relays: 0 }],
    ['user', { relaysPerUser: 0 }],
  ] as const)('T59: says "%s" when it is', async (reason, change) => {
    const bench = await setUp(change);
    const [left, right] = [bench.knock(bench.token('p', 'u')), bench.knock(bench.token('p', 'u'))];
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
