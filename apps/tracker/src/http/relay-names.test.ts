import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect as connectTls, TLSSocket } from 'node:tls';
import { createSelfSigned } from '@enxame/identity/certificate';
import { toRelayName } from '@enxame/shared/tracker/path';
import { afterEach, describe, expect, it } from 'vitest';
import { openRelayBench, readBytes, type RelayBench } from '../test-kit/relay-bench.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function setUp(change: Parameters<typeof openRelayBench>[0] = {}): Promise<RelayBench> {
  const bench = await openRelayBench(change);
  closers.push(() => bench.close());
  return bench;
}

/** TLS to whoever is the other side, by the name of the token. */
function knockNamed(port: number, token: string): TLSSocket {
  const servername = toRelayName(Buffer.from(token, 'base64url'));
  const socket = connectTls({ host: '127.0.0.1', port, servername, rejectUnauthorized: false });
  closers.push(() => socket.destroy());
  socket.on('error', () => undefined); // cut, as some tests want it
  return socket;
}

/** However it comes to its end. */
const closed = (socket: Socket): Promise<void> => new Promise((resolve) => socket.once('close', () => { resolve(); })); // prettier-ignore

describe('T55: a side that begins TLS with the name of its token', () => {
  it('speaks TLS with the other side, whoever comes first', async () => {
    const { privateKeyPem: key, certificatePem: cert } = await createSelfSigned('the other device', Date.now());
    for (const isFirst of [true, false]) {
      const bench = await setUp();
      const [mine, theirs] = [bench.token('p'), bench.token('p')];
      const early = isFirst ? knockNamed(bench.port, mine) : undefined;
      const raw = bench.knock(theirs);
      const client = early ?? knockNamed(bench.port, mine);
      expect(await raw.answer).toMatch(/^HTTP\/1\.1 101 /);
      const other = new TLSSocket(raw.socket, { isServer: true, key, cert });
      await once(client, 'secureConnect');
      expect(client.getPeerCertificate().subject.CN).toBe('the other device');
      const bytes = randomBytes(1_000_000);
      other.write(bytes);
      expect((await readBytes(client, bytes.length)).equals(bytes)).toBe(true);
    }
  });

  it('is cut when the name is nobody’s', async () => {
    const bench = await setUp();
    await closed(knockNamed(bench.port, randomBytes(32).toString('base64url')));
  });

  it('may come by the other way when it was refused, and hears why', async () => {
    const bench = await setUp({ isOn: false });
    const token = bench.token('p');
    await closed(knockNamed(bench.port, token));
    expect(await bench.knock(token).answer).toContain('"reason":"off"');
  });

  it('may come by the other way as long as the other side is not there', async () => {
    const bench = await setUp();
    const [mine, theirs] = [bench.token('p'), bench.token('p')];
    const named = knockNamed(bench.port, mine);
    await once(named, 'connect');
    // Its first words are in when somebody later has been answered.
    await bench.knock('').answer;
    const again = bench.knock(mine);
    await closed(named);
    const other = bench.knock(theirs);
    for (const { answer } of [again, other]) expect(await answer).toMatch(/^HTTP\/1\.1 101 /);
  });
});
