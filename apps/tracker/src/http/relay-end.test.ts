import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { openRelayEnd } from './relay-end.js';

const closers: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closers.splice(0).reverse()) close();
});

/** Two sockets that are one connection: the accepted one first. */
async function pair(): Promise<[Socket, Socket]> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const theirs = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [ours] = (await once(server, 'connection')) as [Socket];
  closers.push(
    () => server.close(),
    () => theirs.destroy(),
    () => ours.destroy(),
  );
  return [ours, theirs];
}

describe('T60: one end of a relayed connection', () => {
  it('is read past Node’s streams where it is a plain socket', async () => {
    const [ours] = await pair();
    // By another socket around the same connection: this Node keeps its handles where we look for them.
    expect(openRelayEnd(ours, ours, 65_536).stream).not.toBe(ours);
    const other = new PassThrough();
    expect(openRelayEnd(other, ours, 65_536).stream).toBe(other);
  });

  it('passes on what had come before, and all after it, in order, however slowly it is taken', async () => {
    const [ours, theirs] = await pair();
    const bytes = randomBytes(4_000_000);
    theirs.end(bytes);
    await once(ours, 'readable');
    const [to, far] = await pair();
    const end = openRelayEnd(ours, ours, 128 * 1024);
    end.passTo(openRelayEnd(to, to, 128 * 1024).stream);
    const got: Buffer[] = [];
    let size = 0;
    while (size < bytes.length) {
      const part = (far.read() as Buffer | null) ?? undefined;
      if (!part) {
        await once(far, 'readable');
        continue;
      }
      got.push(part);
      size += part.length;
      await new Promise(setImmediate);
    }
    expect(Buffer.concat(got).equals(bytes)).toBe(true);
    expect(end.bytesRead).toBe(bytes.length);
  });

  it('closes the socket that was accepted with it, and is closed with that one', async () => {
    for (const closesFirst of ['the new one', 'the accepted one']) {
      const [ours, theirs] = await pair();
      const end = openRelayEnd(ours, ours, 65_536);
      end.passTo(new PassThrough());
      const gone = Promise.all([ours, end.stream, theirs.resume()].map((each) => once(each, 'close')));
      (closesFirst === 'the new one' ? end.stream : ours).destroy();
      await gone;
    }
  });
});
