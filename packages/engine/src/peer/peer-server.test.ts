import { once } from 'node:events';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { generateKeyPairSync } from 'node:crypto';
import { parsePublicKey, encodePublicKey, toTrackerId } from '@enxame/identity/public-key';
import { checkTicket, signTicket } from '@enxame/identity/ticket';
import { encodeManifest } from '@enxame/shared/content/manifest';
import { ticketLifeMs } from '@enxame/shared/peer/ticket';
import { contentPath, manifestPath } from '@enxame/shared/peer/paths';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestContent } from '../testing/test-content.js';
import { createTestDevice, type TestDevice } from '../testing/test-device.js';
import { startTestPeer, type TestPeer } from '../testing/test-peer.js';
import type { PeerServerDeps } from './peer-server.js';

const content = createTestContent(300_000);
const path = contentPath(content.contentId);
let alice: TestDevice;
let bob: TestDevice;
let folder: string;
let peer: TestPeer;

beforeAll(async () => {
  [alice, bob] = await Promise.all([createTestDevice(), createTestDevice('Rui')]);
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-peer-'));
  peer = await startTestPeer(alice, content, join(folder, 'file'));
});
afterEach(async () => {
  await peer.close();
  await rm(folder, { recursive: true });
});

const withTicket = { authorization: 'Bearer ticket' };

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Buffer;
}

function ask(
  url: string,
  options: { headers?: Record<string, string>; method?: string; anonymous?: boolean; port?: number } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(
      {
        host: '127.0.0.1',
        port: options.port ?? peer.port,
        path: url,
        method: options.method ?? 'GET',
        headers: options.headers ?? withTicket,
        agent: false,
        rejectUnauthorized: false,
        ...(options.anonymous ? {} : bob.tls),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
        });
      },
    );
    call.on('error', reject);
    call.end();
  });
}

const errorOf = ({ body }: Answer): unknown => (JSON.parse(body.toString()) as { error: { code: string } }).error.code;

/** Not `once`, which fails when the end comes as a reset. */
const closed = (socket: { once(event: 'close', listener: () => void): unknown }): Promise<void> =>
  new Promise((resolve) => void socket.once('close', resolve));

async function dialRaw(): Promise<TLSSocket> {
  const socket = connect({ host: '127.0.0.1', port: peer.port, rejectUnauthorized: false, ...bob.tls });
  socket.on('error', () => undefined); // being cut is what these tests wait for
  await once(socket, 'secureConnect');
  return socket;
}

describe('serving contents', () => {
  it('P5: serves a content whole, and says what it is', async () => {
    const { status, headers, body } = await ask(path);
    expect(status).toBe(200);
    expect(body.equals(content.bytes)).toBe(true);
    expect(headers).toMatchObject({
      'accept-ranges': 'bytes',
      etag: `"${content.contentId}"`,
      'content-length': '300000',
    });
  });

  it('P6: serves a part', async () => {
    const { status, headers, body } = await ask(path, { headers: { ...withTicket, range: 'bytes=1000-1999' } });
    expect(status).toBe(206);
    expect(headers['content-range']).toBe('bytes 1000-1999/300000');
    expect(body.equals(content.bytes.subarray(1000, 2000))).toBe(true);
  });

  it('P6: refuses a part that does not exist', async () => {
    const { status, headers } = await ask(path, { headers: { ...withTicket, range: 'bytes=300000-' } });
    expect([status, headers['content-range']]).toEqual([416, 'bytes */300000']);
  });

  it('P7: serves the manifest in its one encoding', async () => {
    const { status, body } = await ask(manifestPath(content.contentId));
    expect(status).toBe(200);
    expect(body.equals(Buffer.from(encodeManifest(content.manifest)))).toBe(true);
  });

  it('P5: answers HEAD without a body', async () => {
    const { status, headers, body } = await ask(path, { method: 'HEAD' });
    expect([status, headers['content-length'], body.length]).toEqual([200, '300000', 0]);
    expect(peer.sends.list()).toEqual([]);
  });

  it.each([
    ['another content', contentPath('b'.repeat(51).concat('a') as never), 404, 'content-not-found'],
    ['another path', '/v1/content/../../etc/passwd', 404, 'not-found'],
    ['a broken id', `/v1/content/${'b'.repeat(52)}`, 404, 'not-found'],
    ['nothing', '/', 404, 'not-found'],
  ])('P9: refuses %s', async (_, url, status, code) => {
    const answer = await ask(url);
    expect([answer.status, errorOf(answer)]).toEqual([status, code]);
  });

  it('P9: refuses other methods', async () => {
    const answer = await ask(path, { method: 'DELETE' });
    expect([answer.status, errorOf(answer)]).toEqual([405, 'not-supported']);
  });

  it('P2: refuses who shows no certificate', async () => {
    const answer = await ask(path, { anonymous: true });
    expect([answer.status, errorOf(answer)]).toEqual([401, 'unauthorized']);
  });

  it('P3: refuses who brings no ticket', async () => {
    expect(errorOf(await ask(path, { headers: {} }))).toBe('unauthorized');
    expect(errorOf(await ask(path, { headers: { authorization: `Bearer ${'x'.repeat(1025)}` } }))).toBe('unauthorized');
  });

  it('P8: cuts the answer when the file changes in the middle, and closes the file', async () => {
    const large = createTestContent(64 * 1024 * 1024);
    const file = join(folder, 'large');
    const other = await startTestPeer(alice, large, file);
    const call = request({
      host: '127.0.0.1',
      port: other.port,
      path: contentPath(large.contentId),
      headers: withTicket,
      agent: false,
      rejectUnauthorized: false,
      ...bob.tls,
    }).end();
    const [response] = (await once(call, 'response')) as [NodeJS.ReadableStream & { resume(): void }];
    await appendFile(file, 'x');
    response.resume();
    await expect(once(response, 'end')).rejects.toThrow('aborted');
    await other.close();
    expect(other.openHandles()).toBe(0);
    expect(other.sends.list()).toMatchObject([{ activeRequests: 0, reachedEnd: false }]);
  });
});

describe('P3: a ticket of a real tracker', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const trackerId = toTrackerId(publicKey);
  const key = parsePublicKey(encodePublicKey(publicKey), 'ed25519');
  let guarded: TestPeer;
  let now: number;

  beforeEach(async () => {
    now = 1_800_000_000_000;
    const checked: Pick<PeerServerDeps, 'checkTicket'> = {
      checkTicket: (ticket, deviceId, contentId) => checkTicket(ticket, key, { trackerId, deviceId, contentId }, now),
    };
    guarded = await startTestPeer(alice, content, join(folder, 'guarded'), checked);
  });
  afterEach(() => guarded.close());

  const grant = () => ({ trackerId, deviceId: bob.deviceId, contentId: content.contentId, userName: 'Rui' });
  const askWith = (ticket: string) => ask(path, { headers: { authorization: `Bearer ${ticket}` }, port: guarded.port });

  it('opens the content it was given for, until it expires', async () => {
    const { ticket } = await signTicket(privateKey, grant(), now);
    expect((await askWith(ticket)).status).toBe(200);
    now += ticketLifeMs + 301_000;
    expect(errorOf(await askWith(ticket))).toBe('ticket-invalid');
    await guarded.close(); // the last byte is here before its sender has noted that it left
    expect(guarded.sends.list()).toMatchObject([{ deviceId: bob.deviceId, userName: 'Rui', reachedEnd: true }]);
  });

  it.each([
    ['another device', () => ({ deviceId: alice.deviceId })],
    ['another content', () => ({ contentId: 'b'.repeat(51).concat('a') as never })],
    ['another tracker', () => ({ trackerId: 'c'.repeat(51).concat('a') as never })],
  ])('does not serve %s', async (_, change) => {
    const { ticket } = await signTicket(privateKey, { ...grant(), ...change() }, now);
    const answer = await askWith(ticket);
    expect([answer.status, errorOf(answer)]).toEqual([403, 'ticket-invalid']);
  });

  it('is not made by anybody else, nor by nobody', async () => {
    const other = generateKeyPairSync('ed25519').privateKey;
    const { ticket } = await signTicket(other, grant(), now);
    expect(errorOf(await askWith(ticket))).toBe('ticket-invalid');
    const [, claims = ''] = ticket.split('.');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`;
    expect(errorOf(await askWith(unsigned))).toBe('ticket-invalid');
  });
});

describe('bad receivers', () => {
  it('a receiver that leaves at any moment leaves no open file behind', async () => {
    const large = createTestContent(8 * 1024 * 1024);
    const other = await startTestPeer(alice, large, join(folder, 'large'));
    for (const leaveAfter of [0, 1, 1000, 600_000, 3_000_000]) {
      const socket = connect({ host: '127.0.0.1', port: other.port, rejectUnauthorized: false, ...bob.tls });
      socket.on('error', () => undefined); // it left by itself
      await once(socket, 'secureConnect');
      socket.write(`GET ${contentPath(large.contentId)} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer t\r\n\r\n`);
      let got = 0;
      socket.on('data', (chunk: Buffer) => {
        got += chunk.length;
        if (got >= leaveAfter) socket.destroy();
      });
      if (leaveAfter === 0) socket.destroy();
      await closed(socket);
    }
    await other.close();
    expect(other.sends.list().every(({ activeRequests }) => activeRequests === 0)).toBe(true);
    expect(other.openHandles()).toBe(0);
  });

  it('P4: answers pipelined requests in order, and cuts a flood of them without opening a file for each', async () => {
    const ranged = (start: number): string =>
      `GET ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer t\r\nrange: bytes=${String(start)}-${String(start)}\r\n\r\n`;
    const polite = await dialRaw();
    polite.write(ranged(5) + ranged(6));
    let text = '';
    polite.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (text.match(/content-length: 1\r\n/g)?.length === 2 && text.split('\r\n\r\n')[2]?.length === 1) polite.end();
    });
    await closed(polite);
    expect(text.match(/content-range: bytes \d/g)).toEqual(['content-range: bytes 5', 'content-range: bytes 6']);

    const flood = await dialRaw();
    flood.write(Array.from({ length: 500 }, (_, index) => ranged(index)).join(''));
    await closed(flood);
    await peer.close();
    expect(peer.openHandles()).toBe(0);
  });

  it('answers garbage with an end, and goes on serving', async () => {
    const plain = connectTcp(peer.port, '127.0.0.1');
    plain.write('GET / HTTP/1.1\r\n\r\n');
    plain.on('error', () => undefined); // the server may reset it
    await closed(plain);
    const garbage = await dialRaw();
    garbage.write(Buffer.alloc(64 * 1024, 'x'));
    garbage.resume();
    await closed(garbage);
    expect((await ask(path)).status).toBe(200);
  });

  it('closes at once, with connections that never said a word', async () => {
    const silent = connectTcp(peer.port, '127.0.0.1');
    silent.on('error', () => undefined); // being cut is what is waited for
    await once(silent, 'connect');
    const idle = await dialRaw();
    const ends = Promise.all([closed(silent), closed(idle)]);
    silent.resume();
    idle.resume();
    await peer.close();
    await peer.close();
    await ends;
  });
});
