import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, type Socket } from 'node:net';
import type { UserId } from '@enxame/shared/ids';
import type { PathId } from '@enxame/shared/tracker/path';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { PathSide } from '../domain/paths.js';
import type { Session } from '../domain/session.js';
import { createEntrance } from '../http/entrance.js';
import { listenOnOnePort } from '../http/one-port.js';
import { createRelayDoor } from '../http/relay-door.js';
import { createRelay, type Relay } from '../http/relay.js';
import { attachUpgrades } from '../http/upgrades.js';
import { defaultLimits } from '../limits.js';
import { createFakeClock } from './fake-clock.js';

/** A relay behind the one port, and tokens for it. */
export interface RelayBench {
  readonly relay: Relay;
  readonly port: number;
  readonly clock: ReturnType<typeof createFakeClock>;
  /** A token for one side of a path of a user. */
  token(path: string, user?: string): string;
  /** The raw way in; `answer` resolves with the head of the answer. */
  knock(token: string, more?: string): { readonly socket: Socket; readonly answer: Promise<string> };
  close(): Promise<void>;
}

export async function openRelayBench(
  change: Partial<Parameters<typeof createRelay>[0]['limits']> & { isOn?: boolean } = {},
): Promise<RelayBench> {
  const { isOn = true, ...limits } = change;
  const clock = createFakeClock();
  const relay = createRelay({
    isOn,
    clock,
    limits: {
      relays: 10,
      relaysPerUser: 10,
      relayHeldBytes: 65_536,
      relayWaitMs: 15_000,
      relayIdleMs: 60_000,
      ...limits,
    },
  });
  const sides = new Map<string, PathSide | EnxameError>();
  const server: Server = createServer();
  const door = createRelayDoor({
    relay,
    paths: {
      ask: () => { throw new Error('not asked here'); }, // prettier-ignore
      seen: () => undefined,
      close: () => undefined,
      relaySide: (token) => {
        const side = sides.get(token) ?? new EnxameError('unauthorized');
        if (side instanceof EnxameError) throw side;
        return side;
      },
      closeRelaySide: (token, refusal = new EnxameError('unauthorized')) => {
        if (!(sides.get(token) instanceof EnxameError)) sides.set(token, refusal);
      },
    },
  });
  attachUpgrades(server, [door]);
  const port = await listenOnOnePort({
    host: '127.0.0.1',
    port: 0,
    http: server,
    https: createHttpsServer(),
    transit: { accept: (socket) => socket.destroy() },
    relayDoor: door,
    entrance: createEntrance({ now: () => performance.now(), soon: setImmediate, maxWaitMs: defaultLimits.entranceMs }),
    isProxy: () => false,
    plainHttp: true,
    limits: defaultLimits,
  });
  const sockets = new Set<Socket>();
  return {
    relay,
    port: port.address.port,
    clock,
    token: (path, user = path) => {
      const token = randomBytes(32).toString('base64url');
      sides.set(token, { pathId: path as PathId, token, session: { user: { id: user as UserId } } as Session });
      return token;
    },
    knock: (token, more) => {
      const knocked = knock(port.address.port, token, more);
      sockets.add(knocked.socket);
      return knocked;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      relay.close();
      await port.close();
    },
  };
}

function knock(port: number, token: string, more = ''): { socket: Socket; answer: Promise<string> } {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined); // cut, as some tests want it
  socket.write(
    `GET /relay HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: enxame-relay\r\nauthorization: Bearer ${token}\r\n\r\n${more}`,
  );
  const answer = new Promise<string>((resolve) => {
    let text = '';
    const read = (): void => {
      const chunk = socket.read() as Buffer | null;
      text += chunk?.toString('latin1') ?? '';
      const end = text.indexOf('\r\n\r\n') + 4;
      if (end < 4) return;
      socket.off('readable', read);
      const isThrough = text.startsWith('HTTP/1.1 101');
      if (isThrough && end < text.length) socket.unshift(Buffer.from(text.slice(end), 'latin1'));
      resolve(text);
    };
    socket.on('readable', read);
    socket.once('close', () => {
      resolve(text);
    });
  });
  return { socket, answer };
}

export async function readBytes(stream: NodeJS.ReadableStream, bytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    if ((size += chunk.length) >= bytes) break;
  }
  return Buffer.concat(chunks);
}
