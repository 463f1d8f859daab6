import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contentPath } from '@enxame/shared/peer/paths';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answerHead, startHostilePeer } from '../testing/hostile-peer.js';
import { createTestContent } from '../testing/test-content.js';
import { createTestDevice, type TestDevice } from '../testing/test-device.js';
import { startTestPeer } from '../testing/test-peer.js';
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

async function dial(port: number): Promise<PeerConnection> {
  const never = new AbortController().signal;
  const address = { host: '127.0.0.1', port };
  const connection = await dialPeer({
    address,
    deviceId: alice.deviceId,
    tls: bob.tls,
    dialSignal: never,
    signal: never,
  });
  closers.push(() => {
    connection.close();
  });
  return connection;
}

describe('reading at a rate', () => {
  it('reads no further before the limit allows it, though the sink has room, and no byte is lost', async () => {
    const content = createTestContent(2_000_000);
    const folder = await mkdtemp(join(tmpdir(), 'enxame-dial-'));
    closers.push(() => rm(folder, { recursive: true }));
    const peer = await startTestPeer(alice, content, join(folder, 'file'));
    closers.push(() => peer.close());
    const connection = await dial(peer.port);
    const chunks: Buffer[] = [];
    let waits = 0;
    connection.limitTo({
      quantum: () => Infinity,
      take: () =>
        new Promise((resolve) => {
          const before = chunks.length;
          waits++;
          setImmediate(() => {
            expect(chunks.length).toBe(before);
            resolve();
          });
        }),
    });
    await connection.getRange(
      contentPath(content.contentId),
      { ticket: 't' },
      { start: 0, end: 2_000_000 },
      (chunk) => {
        chunks.push(Buffer.from(chunk));
        // Both have a reason to stop: one of them ending is not enough.
        if (chunks.length % 3 === 0) setTimeout(() => { connection.resume(); }, 1); // prettier-ignore
        return chunks.length % 3 !== 0;
      },
    );
    expect(Buffer.concat(chunks).equals(content.bytes)).toBe(true);
    expect(waits).toBeGreaterThanOrEqual(chunks.length);
  });
});

describe('posting', () => {
  it('sends one document with its length, and says what the peer answered', async () => {
    const answers = [answerHead(200, 0), `${answerHead(403, 36)}{"error":{"code":"receipt-invalid"}}`];
    const peer = await startHostilePeer(alice, (socket, _, index) => socket.write(answers[index] ?? ''));
    closers.push(() => peer.close());
    const connection = await dial(peer.port);
    await connection.post('/x', { ticket: 't' }, '');
    expect(peer.requests[0]).toMatch(/^POST \/x HTTP\/1\.1\r\n[^]*content-length: 0$/);
    await expect(connection.post('/x', { ticket: 't' }, '')).rejects.toThrow('receipt-invalid');
  });
});
