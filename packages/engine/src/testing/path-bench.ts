import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { PathAsked, PathId } from '@enxame/shared/tracker/path';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import type { TrackerPushes } from '@enxame/shared/tracker/pushes';
import { createWebSocketStream, WebSocketServer } from 'ws';
import type { TrackerLink, TrackerSession } from '../tracker/tracker-session.js';
import type { TestDevice } from './test-device.js';

/** The part of a tracker that brings two devices together, with a relay, in this process. */
export interface PathBench {
  readonly url: string;
  readonly port: number;
  readonly requester: TrackerLink;
  readonly asked: TrackerLink;
  /** What the next paths tell the asked device, other than the usual. */
  change: Partial<PathAsked>;
  /** Whether the relay passes on, or says no. */
  relay: 'on' | 'off';
  /** Pushes to the asked device, as a tracker would. */
  tell(asked: PathAsked): void;
  close(): Promise<void>;
}

export const testPathId = (letter: string): PathId => `${letter.repeat(25)}a` as PathId;

export async function createPathBench(who: TestDevice, addresses: readonly DeviceAddress[]): Promise<PathBench> {
  const listeners = { requester: new Map<string, (payload: never) => void>(), asked: new Map<string, (payload: never) => void>() }; // prettier-ignore
  const waiting = new Map<string, () => Duplex>();
  const sockets = new Set<Socket>();
  const webSockets = new WebSocketServer({ noServer: true });
  let asks = 0;

  function linkOf(side: 'requester' | 'asked'): TrackerLink {
    const session: TrackerSession = {
      ended: new AbortController().signal,
      request: async (name, payload) => {
        await Promise.resolve();
        if (name !== 'path:ask') throw new EnxameError('not-supported');
        return ask(payload as { contentId: PathAsked['contentId']; hasRelay: boolean }) as never;
      },
    };
    return {
      session,
      onSession: () => () => undefined,
      onPush: (name, listener) => {
        listeners[side].set(name, listener);
        return () => listeners[side].delete(name);
      },
    };
  }

  function push<N extends 'path:asked'>(name: N, payload: TrackerPushes[N]): void {
    listeners.asked.get(name)?.(payload as never);
  }

  function ask({ contentId, hasRelay }: { contentId: PathAsked['contentId']; hasRelay: boolean }): unknown {
    const pathId = testPathId('abcdefghijkl'.charAt(asks++ % 12));
    const { deviceId, grant } = who.source();
    const requester = { deviceId, userName: 'Rui', grant };
    const token = pathId.padEnd(43, 'A');
    push('path:asked', { pathId, token, contentId, requester, addresses: [...addresses], hasRelay, ...bench.change });
    return { pathId, token };
  }

  const server = createServer((_request, response) => response.writeHead(404).end());
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => socket.destroy()); // the devices hang up, as they should
    const { authorization = '', upgrade } = request.headers;
    if (bench.relay === 'off') {
      const body = JSON.stringify({ error: { code: 'relay-refused', params: { reason: 'off' } } });
      socket.end(`HTTP/1.1 503 X\r\ncontent-length: ${String(body.length)}\r\n\r\n${body}`);
      return;
    }
    const admit = (): Duplex => {
      let pipe = socket;
      if (upgrade === 'websocket')
        webSockets.handleUpgrade(request, socket, Buffer.alloc(0), (ws) => (pipe = createWebSocketStream(ws))); // prettier-ignore
      else socket.write('HTTP/1.1 101 X\r\nconnection: Upgrade\r\nupgrade: enxame-relay\r\n\r\n');
      pipe.on('error', () => pipe.destroy());
      return pipe;
    };
    const other = waiting.get(authorization);
    if (!other) {
      waiting.set(authorization, admit);
      return;
    }
    waiting.delete(authorization);
    const [left, right] = [other(), admit()];
    left.pipe(right).pipe(left);
    left.once('close', () => right.destroy());
    right.once('close', () => left.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const bench: PathBench = {
    url: `https://127.0.0.1:${String(port)}`,
    port,
    requester: linkOf('requester'),
    asked: linkOf('asked'),
    change: {},
    relay: 'on',
    tell: (asked) => {
      push('path:asked', asked);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
  return bench;
}
