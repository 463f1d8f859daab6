import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { openMailboxLink } from './mailbox-link.js';

it('W30: a claim that is refused as crowded leaves the nameplate', async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const released = new Promise<unknown>((resolve) => {
    server.on('connection', (socket: WebSocket) => {
      socket.send(JSON.stringify({ type: 'welcome', welcome: {} }));
      socket.on('message', (data: Buffer) => {
        const message = JSON.parse(data.toString()) as { type: string };
        if (message.type === 'claim') socket.send(JSON.stringify({ type: 'error', error: 'crowded', orig: message }));
        if (message.type === 'release') resolve(message);
      });
    });
  });
  const link = openMailboxLink({
    url: `ws://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    appId: 'test',
    side: 'a1',
    random: () => 0,
    signal: new AbortController().signal,
    onMessage: () => undefined,
    // As a side that gives up does: at once.
    onError: () => void link.close('errory'),
  });
  await expect(link.claim('4')).rejects.toMatchObject({ code: 'code-busy' });
  expect(await released).toEqual({ type: 'release', nameplate: '4' });
  server.close();
});
