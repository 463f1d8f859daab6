import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { maxFrameBytes, type Carrier } from '@enxame/shared/engine/carrier';
import { describeCarrierContract } from '@enxame/shared/engine/carrier-contract';
import { createLineCarrier, maxBacklogBytes } from './line-carrier.js';

interface SocketPair {
  readonly server: Server;
  readonly client: Socket;
  readonly served: Socket;
}

async function createSocketPair(): Promise<SocketPair> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const serving = once(server, 'connection') as Promise<[Socket]>;
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [served] = await serving;
  return { server, client, served };
}

async function disposeSocketPair({ server, client, served }: SocketPair): Promise<void> {
  client.destroy();
  served.destroy();
  server.close();
  await once(server, 'close');
}

describeCarrierContract('lines over a socket', {
  createPair: async () => {
    const pair = await createSocketPair();
    const [left, right] = [createLineCarrier(pair.client), createLineCarrier(pair.served)];
    return { ...pair, left, right, dispose: () => disposeSocketPair(pair) };
  },
  sendGarbageToRight: ({ client }) => {
    client.write('{"half":\n');
  },
  cut: ({ served }) => {
    served.destroy();
  },
});

describe('line carrier', () => {
  let pair: SocketPair;
  beforeEach(async () => {
    pair = await createSocketPair();
  });
  afterEach(() => disposeSocketPair(pair));

  it('ends for a line longer than a frame may be, before the line ended', async () => {
    const served = createLineCarrier(pair.served);
    const seen: unknown[] = [];
    served.onFrame((frame) => seen.push(frame));
    const ended = closed(served);
    pair.client.on('error', () => undefined);
    pair.client.write(Buffer.alloc(maxFrameBytes + 1, 'x'));
    await ended;
    expect(seen).toEqual([]);
  });

  it('joins a frame that arrives in pieces, cut inside a character', async () => {
    const served = createLineCarrier(pair.served);
    const arrived = new Promise((resolve) => {
      served.onFrame(resolve);
    });
    const line = Buffer.from('"relação"\n');
    pair.client.write(line.subarray(0, 7));
    await once(pair.served, 'data');
    pair.client.write(line.subarray(7));
    expect(await arrived).toBe('relação');
  });

  it('gives up an end that does not read', async () => {
    const served = createLineCarrier(pair.served);
    const ended = closed(served);
    pair.client.pause();
    const frame = 'x'.repeat(maxFrameBytes / 2);
    let told = false;
    void ended.then(() => (told = true));
    const most = Math.ceil(maxBacklogBytes / frame.length) + 8; // and what the kernel holds
    for (let sent = 0; sent < most && !pair.served.destroyed; sent++) served.send(frame);
    await ended;
    expect(told).toBe(true);
  });
});

function closed(carrier: Carrier): Promise<void> {
  return new Promise((resolve) => {
    carrier.onClose(resolve);
  });
}
