import { once } from 'node:events';
import { createServer as createHttpServer, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { createSelfSigned } from '@enxame/identity/certificate';
import { afterEach, describe, expect, it } from 'vitest';
import { startHostileTracker, trackSockets } from '../testing/hostile-tracker.js';
import { parseTrackerAddress } from './tracker-address.js';
import { fetchHello } from './tracker-hello.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  return `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

/** Whatever it says, over TLS. */
async function sayOverTls(respond: (response: ServerResponse) => void): Promise<string> {
  const { privateKeyPem, certificatePem } = await createSelfSigned('x', Date.now());
  const server = createServer({ key: privateKeyPem, cert: certificatePem }, (_, response) => {
    respond(response);
  });
  const sockets = trackSockets(server);
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
  });
  return listen(server);
}

const ask = (address: string, signal?: AbortSignal) => fetchHello(parseTrackerAddress(address), signal);

describe('T1: who a tracker is', () => {
  it('is proven by its key over the certificate of the connection', async () => {
    const tracker = await startHostileTracker();
    closers.push(() => tracker.close());
    expect((await ask(tracker.url)).hello).toEqual(tracker.hello);
  });

  it('is not believed when the proof is for another certificate, or the id for another key', async () => {
    const { hello, ...tracker } = await startHostileTracker();
    closers.push(() => tracker.close());
    const stolen = await sayOverTls((response) => response.end(JSON.stringify(hello)));
    await expect(ask(stolen)).rejects.toThrow('signature-invalid');
    const other = await sayOverTls((response) =>
      response.end(JSON.stringify({ ...hello, trackerId: 'b'.repeat(51).concat('a') })),
    );
    await expect(ask(other)).rejects.toThrow('signature-invalid');
    const silent = await sayOverTls((response) => response.end(JSON.stringify({ ...hello, certificateProof: null })));
    await expect(ask(silent)).rejects.toThrow('signature-invalid');
  });

  it.each([
    ['a page', '<html>'],
    ['nothing', ''],
    ['another protocol', '{"protocol":"x","version":1}'],
    ['half a hello', '{"protocol":"enxame-tracker","version":1}'],
    ['too much', ' '.repeat(20_000)],
  ])('%s is not a tracker', async (_, body) => {
    await expect(ask(await sayOverTls((response) => response.end(body)))).rejects.toThrow('tracker-not-a-tracker');
  });

  it('of another version says so', async () => {
    const address = await sayOverTls((response) => response.end('{"protocol":"enxame-tracker","version":2,"new":1}'));
    await expect(ask(address)).rejects.toMatchObject({ code: 'tracker-version', params: { address } });
  });

  it('that speaks no TLS is not a tracker', async () => {
    const plain = createHttpServer((_, response) => response.end('hello'));
    await expect(ask(await listen(plain))).rejects.toThrow('tracker-not-a-tracker');
  });

  it('that is not there, or leaves at any moment, cannot be reached', async () => {
    const silent = createTcpServer((socket) => socket.destroy());
    await expect(ask(await listen(silent))).rejects.toThrow('tracker-unreachable');
    const half = await sayOverTls((response) => {
      response.writeHead(200, { 'content-length': 1000 });
      response.write('half', () => response.destroy());
    });
    await expect(ask(half)).rejects.toThrow('tracker-unreachable');
    const gone = createTcpServer();
    const address = await listen(gone);
    gone.close();
    await expect(ask(address)).rejects.toThrow('tracker-unreachable');
  });

  it('is given up with the signal, in the middle of an answer too', async () => {
    const abort = new AbortController();
    const address = await sayOverTls((response) => {
      response.write('{', () => {
        abort.abort();
      });
    });
    await expect(ask(address, abort.signal)).rejects.toThrow('cancelled');
    await expect(ask(address, AbortSignal.abort())).rejects.toThrow('cancelled');
  });
});
