import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createPathBench, type PathBench } from '../../testing/path-bench.js';
import { createTestDevice, type TestDevice } from '../../testing/test-device.js';
import { enterRelay } from './relay-leg.js';

const never = new AbortController().signal;
let device: TestDevice;
const closers: (() => unknown)[] = [];
beforeAll(async () => {
  device = await createTestDevice();
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function setUp(): Promise<{ readonly bench: PathBench }> {
  const bench = await createPathBench(device, []);
  closers.push(() => bench.close());
  return { bench };
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

describe('entering the relay', () => {
  it('P64: goes through a proxy that passes nothing but WebSockets', async () => {
    const { bench } = await setUp();
    const proxy = await listen(
      createServer((socket) => {
        socket.on('error', () => socket.destroy());
        socket.once('data', (head: Buffer) => {
          if (!/upgrade: websocket/i.test(head.toString('latin1'))) {
            socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\nconnection: close\r\n\r\nno');
            return;
          }
          const on = connect(bench.port, '127.0.0.1');
          on.on('error', () => socket.destroy());
          on.write(head);
          socket.pipe(on).pipe(socket);
        });
      }),
    );
    await expectThrough(proxy);
  });

  it('P64: goes through a firewall that passes nothing but TLS', async () => {
    const { bench } = await setUp();
    const seen: string[] = [];
    // What is no TLS ends with its first bytes; what is goes on to the tracker, whose port speaks both.
    const firewall = await listen(
      createTlsServer(device.tls, (socket) => {
        socket.on('error', () => socket.destroy());
        socket.once('data', (head: Buffer) => {
          seen.push(/upgrade: (\S+)/i.exec(head.toString('latin1'))?.[1] ?? 'none');
          const on = connect(bench.port, '127.0.0.1');
          on.on('error', () => socket.destroy());
          on.write(head);
          socket.pipe(on).pipe(socket);
        });
      }),
    );
    await expectThrough(firewall);
    expect(seen).toEqual(['enxame-relay', 'enxame-relay']);
  });
});

/** Two sides meet behind the port, and a word goes each way. */
async function expectThrough(port: number): Promise<void> {
  const tracker = { host: '127.0.0.1', port, url: `https://127.0.0.1:${String(port)}` };
  const token = 'w'.repeat(43);
  const [left, right] = await Promise.all([enterRelay(tracker, token, never), enterRelay(tracker, token, never)]);
  closers.push(
    () => left.destroy(),
    () => right.destroy(),
  );
  for (const [from, to] of [[left, right], [right, left]] as const) {
    from.write('through');
    const [chunk] = (await once(to, 'data')) as [Buffer];
    expect(chunk.toString()).toBe('through');
  }
} // prettier-ignore
