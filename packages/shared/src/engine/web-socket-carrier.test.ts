import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import type { Carrier } from './carrier.js';
import { describeCarrierContract } from './carrier-contract.js';
import { createWebSocketCarrier } from './web-socket-carrier.js';

const maxPayload = 64 * 1024;

// The WebSocket of browsers takes the client's place in the end-to-end tests, in a real one.
describeCarrierContract('WebSocket', {
  createPair: async () => {
    const server = await listen();
    const { client, socket } = await connect(server);
    if (client.readyState !== WebSocket.OPEN) await once(client, 'open');
    const carriers = { left: createWebSocketCarrier(client), right: createWebSocketCarrier(socket) };
    return { ...carriers, client, socket, dispose: () => stop(server) };
  },
  sendGarbageToRight: ({ client }) => {
    client.send('{"half":');
  },
  cut: ({ socket }) => {
    socket.terminate();
  },
});

describeCarrierContract('WebSocket that is still connecting', {
  createPair: async () => {
    const server = await listen();
    const { client, socket } = await connect(server);
    const carriers = { left: createWebSocketCarrier(client), right: createWebSocketCarrier(socket) };
    return { ...carriers, dispose: () => stop(server) };
  },
});

describe('web socket carrier', () => {
  let server: WebSocketServer;
  beforeEach(async () => {
    server = await listen();
  });
  afterEach(() => stop(server));

  it('keeps what is sent before the socket is open, in order', async () => {
    const arrived = new Promise<unknown[]>((resolve) => {
      const seen: unknown[] = [];
      server.once('connection', (socket: WebSocket) => {
        createWebSocketCarrier(socket).onFrame((frame) => seen.push(frame) === 2 && resolve(seen));
      });
    });
    const carrier = createWebSocketCarrier(new WebSocket(urlOf(server)));
    carrier.send(1);
    carrier.send(2);
    expect(await arrived).toEqual([1, 2]);
    carrier.close();
  });

  it('closes when nobody answers at the address', async () => {
    const url = urlOf(server);
    await stop(server);
    await closed(createWebSocketCarrier(new WebSocket(url)));
  });

  it('can be closed before it was open', async () => {
    const carrier = createWebSocketCarrier(new WebSocket(urlOf(server)));
    carrier.close();
    await closed(carrier);
  });

  it('ends with 1003 for a binary message', async () => {
    const { client, socket } = await connect(server);
    createWebSocketCarrier(socket);
    if (client.readyState !== WebSocket.OPEN) await once(client, 'open');
    const code = once(client, 'close') as Promise<[number]>;
    client.send(Buffer.from('{}'));
    expect((await code)[0]).toBe(1003);
  });

  it('ends, and throws nothing from the event loop, for a message over the limit of the server', async () => {
    const { client, socket } = await connect(server);
    const carrier = createWebSocketCarrier(client);
    const served = createWebSocketCarrier(socket);
    carrier.send('x'.repeat(maxPayload));
    await Promise.all([closed(carrier), closed(served)]);
  });

  it('tells its close at once, also when the other end never answers the closing handshake', async () => {
    const { client, socket } = await connect(server);
    const carrier = createWebSocketCarrier(client);
    socket.pause();
    let told = false;
    carrier.onClose(() => (told = true));
    carrier.close();
    expect(told).toBe(true);
  });
});

async function listen(): Promise<WebSocketServer> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, maxPayload });
  await once(server, 'listening');
  return server;
}

/** The client end is still in its handshake when this settles: its turn comes after the server's. */
async function connect(server: WebSocketServer): Promise<{ client: WebSocket; socket: WebSocket }> {
  const serverSide = once(server, 'connection') as Promise<[WebSocket]>;
  const client = new WebSocket(urlOf(server));
  const [socket] = await serverSide;
  return { client, socket };
}

function urlOf(server: WebSocketServer): string {
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function stop(server: WebSocketServer): Promise<void> {
  for (const socket of server.clients) socket.terminate();
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}

function closed(carrier: Carrier): Promise<void> {
  return new Promise((resolve) => {
    carrier.onClose(resolve);
  });
}
