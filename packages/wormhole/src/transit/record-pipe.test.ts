import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deriveKey } from '../keys.js';
import { sealRecord } from '../sealing/record-seals.js';
import { createSealingThreads, type Sealing } from '../sealing/sealing-threads.js';
import { createByteReader } from './byte-reader.js';
import { createRecordPipe, type RecordPipe } from './record-pipe.js';

const workerUrl = (): URL => new URL('../../dist/sealing/sealing-worker.js', import.meta.url);
const transitKey = randomBytes(32);
let sealing: Sealing;
let sockets: [Socket, Socket];

beforeEach(async () => {
  sealing = createSealingThreads({ workerUrl, threads: 2 });
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const near = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [far] = (await once(server, 'connection')) as [Socket];
  sockets = [near, far];
  for (const socket of sockets) socket.on('error', () => socket.destroy());
  server.close();
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await sealing.close();
});

const pipeOf = (socket: Socket, role: 'sender' | 'receiver'): RecordPipe =>
  createRecordPipe({ socket, reader: createByteReader(socket) }, role, transitKey, sealing);

async function readAll(pipe: RecordPipe): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for (let part = await pipe.receive(); part; part = await pipe.receive()) parts.push(part);
  return Buffer.concat(parts);
}

describe('a transit connection', () => {
  it('W43 carries records of every size in their order, whatever is sealed beside them', async () => {
    const sender = pipeOf(sockets[0], 'sender');
    const reading = readAll(pipeOf(sockets[1], 'receiver'));
    // Small ones overtake large ones in the threads, not on the wire.
    const records = Array.from({ length: 60 }, (_, index) => randomBytes(index % 3 === 0 ? 262_144 : index * 11));
    for (const record of records) await sender.send(record);
    await sender.end();
    expect((await reading).equals(Buffer.concat(records))).toBe(true);
  });

  const key = deriveKey(transitKey, 'transit_record_sender_key');
  it.each([
    ['is repeated', sealRecord(key, 0n, Buffer.from('first'))],
    ['comes after one that was left out', sealRecord(key, 2n, Buffer.from('third'))],
    ['is our own sent back', sealRecord(deriveKey(transitKey, 'transit_record_receiver_key'), 1n, Buffer.from('me'))],
    ['is too large', Buffer.from([0x7f, 0, 0, 0])],
    ['is too small to be one', Buffer.from([0, 0, 0, 3, 1, 2, 3])],
  ])('W43 ends with a record that %s', async (_, bad) => {
    const receiver = pipeOf(sockets[1], 'receiver');
    sockets[0].write(sealRecord(key, 0n, Buffer.from('first')));
    expect(Buffer.from((await receiver.receive()) ?? []).toString()).toBe('first');
    sockets[0].write(bad);
    await expect(receiver.receive()).rejects.toMatchObject({ code: 'source-lied' });
  });

  it('W43 says that the other side left, to who sends and to who waits in the middle of a record', async () => {
    const sender = pipeOf(sockets[0], 'sender');
    const receiver = pipeOf(sockets[1], 'receiver');
    sockets[0].end(Buffer.from([0, 0, 1, 0, 1]));
    await expect(receiver.receive()).rejects.toMatchObject({ code: 'other-side-left' });
    await expect(sender.send(randomBytes(10))).rejects.toMatchObject({ code: 'other-side-left' });
  });
});
