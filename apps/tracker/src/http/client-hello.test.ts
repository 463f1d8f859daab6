import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { connect } from 'node:tls';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readClientHello } from './client-hello.js';

const name = 'a'.repeat(52) + '.relay.enxame';
let named: Buffer;
let nameless: Buffer;

/** What a real client says first. */
async function captureHello(servername: string): Promise<Buffer> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, servername });
  client.on('error', () => undefined); // cut below
  const [socket] = (await once(server, 'connection')) as [Socket];
  const [hello] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  client.destroy();
  server.close();
  return hello;
}

beforeAll(async () => {
  named = await captureHello(name);
  nameless = await captureHello('');
});

describe('T55: the name that TLS begins with', () => {
  it('is read from what a client says first', () => {
    for (const start of [named, Buffer.concat([named, Buffer.from('more')])])
      expect(readClientHello(start)).toEqual({ serverName: name });
  });

  it('is none where there is none, and where there is no TLS', () => {
    for (const start of [nameless, Buffer.from('GET / HTTP/1.1\r\n'), Buffer.alloc(0)])
      expect(readClientHello(start)).toEqual({ serverName: undefined });
  });

  it('is waited for as long as the first record has not all come', () => {
    for (let bytes = 1; bytes < named.length; bytes++)
      expect(readClientHello(named.subarray(0, bytes))).toBeUndefined();
  });

  it('is read, or not, whatever was changed on the way', () => {
    fc.assert(
      fc.property(fc.nat(named.length - 1), fc.nat(255), (at, byte) => {
        const changed = Buffer.from(named);
        changed[at] = byte;
        expect(['string', 'undefined']).toContain(typeof readClientHello(changed)?.serverName);
      }),
    );
  });
});
