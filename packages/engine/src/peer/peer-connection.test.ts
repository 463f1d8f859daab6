import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { contentPath } from '@enxame/shared/peer/paths';
import { isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { answerHead, startHostilePeer, type HostilePeer } from '../testing/hostile-peer.js';
import { createTestContent } from '../testing/test-content.js';
import { createTestDevice, type TestDevice } from '../testing/test-device.js';
import { startTestPeer } from '../testing/test-peer.js';
import { dialSource } from '../testing/dial-source.js';
import { dialPeer, type PeerConnection } from './peer-connection.js';

let alice: TestDevice;
let bob: TestDevice;
const closers: (() => unknown)[] = [];

beforeAll(async () => {
  [alice, bob] = await Promise.all([createTestDevice(), createTestDevice('Rui')]);
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const never = new AbortController().signal;

async function hostile(answer: (socket: TLSSocket, request: string, index: number) => void): Promise<HostilePeer> {
  const peer = await startHostilePeer(alice, answer);
  closers.push(() => peer.close());
  return peer;
}

async function dial(port: number, signal = never): Promise<PeerConnection> {
  const connection = await dialPeer({
    address: { host: '127.0.0.1', port },
    deviceId: alice.deviceId,
    tls: bob.tls,
    dialSignal: never,
    signal,
  });
  closers.push(() => {
    connection.close();
  });
  return connection;
}

async function listenAnywhere(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

const getRange = (connection: PeerConnection, end = 10) =>
  connection.getRange('/x', { ticket: 't' }, { start: 0, end }, () => true);

describe('reading from an honest peer', () => {
  it('reads whole bodies and ranges over one connection, in any order', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'enxame-dial-'));
    closers.push(() => rm(folder, { recursive: true }));
    const content = createTestContent(1_000_000);
    const peer = await startTestPeer(alice, content, join(folder, 'file'));
    closers.push(() => peer.close());
    const connection = await dial(peer.port);
    const manifest = await connection.get(`${contentPath(content.contentId)}/manifest`, { ticket: 't' }, 10_000);
    expect(manifest.length).toBe(16 + 32 * 4);
    for (const range of [
      { start: 0, end: 1_000_000 },
      { start: 5, end: 6 },
      { start: 300_000, end: 900_001 },
    ]) {
      const chunks: Buffer[] = [];
      await connection.getRange(
        contentPath(content.contentId),
        { ticket: 't' },
        range,
        (chunk) => chunks.push(Buffer.from(chunk)) > 0,
      );
      expect(Buffer.concat(chunks).equals(content.bytes.subarray(range.start, range.end))).toBe(true);
    }
    await expect(connection.get('/v1/nothing', { ticket: 't' }, 10)).rejects.toThrow('not-found');
    expect(connection.isClosed).toBe(false);
  });

  it('reads no further while the sink has no room', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'enxame-dial-'));
    closers.push(() => rm(folder, { recursive: true }));
    const content = createTestContent(4_000_000);
    const peer = await startTestPeer(alice, content, join(folder, 'file'));
    closers.push(() => peer.close());
    const connection = await dial(peer.port);
    const chunks: Buffer[] = [];
    let asked = 0;
    await connection.getRange(
      contentPath(content.contentId),
      { ticket: 't' },
      { start: 0, end: 4_000_000 },
      (chunk) => {
        chunks.push(Buffer.from(chunk));
        const before = chunks.length;
        asked++;
        setImmediate(() => {
          expect(chunks.length).toBe(before); // nothing came in between
          connection.resume();
        });
        return false;
      },
    );
    expect(asked).toBe(chunks.length);
    expect(Buffer.concat(chunks).equals(content.bytes)).toBe(true);
  });
});

describe('P10: hostile answers', () => {
  const lied = { code: 'source-lied' };
  it.each([
    ['garbage', 'garbage\r\n\r\n'],
    ['another length', answerHead(206, 11)],
    ['2^53 bytes', answerHead(206, 2 ** 53)],
    ['the whole instead of the part', answerHead(200, 1_000_000)],
    ['an interim answer', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['a redirection', 'HTTP/1.1 301 Moved\r\nlocation: https://127.0.0.1/\r\ncontent-length: 0\r\n\r\n'],
    ['an error without a body', answerHead(500, 0)],
    ['an error page', `${answerHead(500, 9)}<html>no!`],
    ['an error that never ends', answerHead(404, 5000)],
    ['an endless head', 'HTTP/1.1 206 X\r\n'.concat('a: b\r\n'.repeat(2000))],
  ])('%s is a lie', async (_, answer) => {
    const peer = await hostile((socket) => socket.write(answer));
    await expect(getRange(await dial(peer.port))).rejects.toMatchObject(lied);
  });

  it('more bytes than were asked for end the connection, after those that were', async () => {
    const peer = await hostile((socket) => socket.write(`${answerHead(206, 10)}${'x'.repeat(50)}`));
    const connection = await dial(peer.port);
    let got = 0;
    await connection.getRange('/x', { ticket: 't' }, { start: 0, end: 10 }, (chunk) => ((got += chunk.length), true));
    expect(got).toBe(10);
    await vi.waitUntil(() => connection.isClosed);
    await expect(getRange(connection)).rejects.toMatchObject({ code: 'source-unreachable' });
  });

  it('a manifest larger than agreed is refused before it comes', async () => {
    const peer = await hostile((socket) => socket.write(answerHead(200, 1001)));
    await expect((await dial(peer.port)).get('/x', { ticket: 't' }, 1000)).rejects.toMatchObject(lied);
  });

  it('P9: it cannot say what only this computer can know', async () => {
    const body = '{"error":{"code":"disk-full"}}';
    const peer = await hostile((socket) => socket.write(answerHead(507, body.length) + body));
    await expect(getRange(await dial(peer.port))).rejects.toMatchObject({ code: 'source-refused' });
  });

  it('a peer that closes after any byte of its answer is gone, and nothing waits for it', async () => {
    const answer = `${answerHead(206, 10)}0123456789`;
    const ends = Array.from({ length: answer.length }, (_, index) => index);
    const peer = await hostile((socket, _, index) => {
      if (index % 2 === 0) socket.end(answer.slice(0, ends[index]));
      else socket.write(answer.slice(0, ends[index]), () => socket.destroy());
    });
    for (const _ of ends)
      await expect(getRange(await dial(peer.port))).rejects.toMatchObject({ code: 'source-unreachable' });
  });

  it('what the sink throws ends the request and the connection', async () => {
    const peer = await hostile((socket) => socket.write(`${answerHead(206, 10)}0123456789`));
    const connection = await dial(peer.port);
    const failing = connection.getRange('/x', { ticket: 't' }, { start: 0, end: 10 }, () => {
      throw new Error('disk');
    });
    await expect(failing).rejects.toThrow('disk');
    expect(connection.isClosed).toBe(true);
  });
});

describe('P12: a silent peer', () => {
  it('is left after a stretch without bytes', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    closers.push(() => vi.useRealTimers());
    let asked: () => void;
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const peer = await hostile((socket) => {
      socket.write(answerHead(206, 10));
      asked();
    });
    const failing = expect(getRange(await dial(peer.port))).rejects.toMatchObject({ code: 'source-unreachable' });
    await isAsked;
    vi.advanceTimersByTime(60_000);
    await failing;
  });
});

describe('P2: who answers', () => {
  it('must be the device that was meant', async () => {
    const peer = await startHostilePeer(bob, () => undefined);
    closers.push(() => peer.close());
    await expect(dial(peer.port)).rejects.toMatchObject({ code: 'source-identity' });
  });

  it('must speak TLS', async () => {
    const plain = createHttpServer((_, response) => response.end('hello'));
    await expect(dial(await listenAnywhere(plain))).rejects.toMatchObject({ code: 'source-unreachable' });
    const rude = createTcpServer((socket) => socket.end('garbage'));
    await expect(dial(await listenAnywhere(rude))).rejects.toMatchObject({ code: 'source-unreachable' });
  });
});

describe('giving up', () => {
  it('while dialling, while reading, and before', async () => {
    const silent = createTcpServer(() => undefined);
    const port = await listenAnywhere(silent);
    const abort = new AbortController();
    silent.once('connection', (socket) => {
      closers.push(() => socket.destroy());
      abort.abort();
    });
    await expect(dial(port, abort.signal)).rejects.toMatchObject({ code: 'cancelled' });
    await expect(dial(port, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });

    const reading = new AbortController();
    const peer = await hostile((socket) => socket.write(answerHead(206, 10), () => { reading.abort(); })); // prettier-ignore
    await expect(getRange(await dial(peer.port, reading.signal))).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('dialling a source', () => {
  it('takes the address that answers, and keeps no other connection', async () => {
    const peer = await hostile((socket) => socket.write(`${answerHead(206, 10)}0123456789`));
    const wrong = await startHostilePeer(bob, () => undefined);
    closers.push(() => wrong.close());
    const plain = await listenAnywhere(createTcpServer((socket) => socket.end('x')));
    const connection = await dialSource(alice.source(plain, wrong.port, peer.port), bob.tls, never);
    closers.push(() => {
      connection.close();
    });
    expect(connection).toMatchObject({ pathKind: 'this-computer', betterPathError: null });
    await getRange(connection);
    expect(peer.requests).toHaveLength(1);
  });

  it.each([
    ['nobody', () => [], 'source-unreachable'],
    ['somebody else', (wrong: number) => [wrong], 'source-identity'],
  ])('with %s there says so', async (_, ports, code) => {
    const wrong = await startHostilePeer(bob, () => undefined);
    closers.push(() => wrong.close());
    const failure = await dialSource(alice.source(...ports(wrong.port)), bob.tls, never).catch(
      (error: unknown) => error,
    );
    expect(isErrorWithCode(failure, code as never)).toBe(true);
  });

  it('says that it was cancelled', async () => {
    await expect(dialSource(alice.source(1), bob.tls, AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
