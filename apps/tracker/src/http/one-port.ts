import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { isLoopbackHost, normaliseHost } from '../domain/device-addresses.js';
import type { TrackerLimits } from '../limits.js';
import { toAddressGroup } from './address-group.js';
import { readClientHello } from './client-hello.js';
import type { Entrance } from './entrance.js';
import type { RelayDoor } from './relay-door.js';

/** The first byte of a TLS connection: a record of type handshake (RFC 8446, 5.1). No HTTP method begins with it. */
const tlsHandshake = 0x16;
/** "p" of "please relay": what a Magic Wormhole client says to a transit relay. HTTP writes its methods in capitals. */
const transitGreeting = 0x70;

export interface OnePort {
  readonly address: AddressInfo;
  /** Takes no new connections and ends those that are left. Twice without harm. */
  close(): Promise<void>;
}

/**
 * Listens on one port for three servers: the first byte of a connection tells which one it is for, and the name that TLS
 * begins with whether it is for another device and to be relayed as it is. Owns the sockets
 * until they close; the servers never listen themselves. Throws `port-taken`, `tracker-address-invalid`.
 */
export async function listenOnOnePort(options: {
  readonly host: string;
  readonly port: number;
  readonly http: HttpServer;
  readonly https: HttpsServer;
  readonly transit: { accept(socket: Socket): void };
  /** Takes TLS that is not for the tracker. */
  readonly relayDoor: Pick<RelayDoor, 'handleNamed'>;
  /** Closed with the port. */
  readonly entrance: Entrance;
  /** Many people come from one of these. */
  readonly isProxy: (host: string) => boolean;
  /** Whether others than this computer and the proxies are answered without TLS. */
  readonly plainHttp: boolean;
  readonly limits: TrackerLimits;
}): Promise<OnePort> {
  const { http, https, transit, entrance, limits } = options;
  const sockets = new Set<Socket>();
  const counts = new Map<string, number>();
  const server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: 30_000 }, accept);

  function startTls(socket: Socket, group: string, serverName: string | undefined): void {
    const isNamed = serverName !== undefined && options.relayDoor.handleNamed(socket, serverName);
    if (!isNamed) enter(socket, group, https);
  }

  function accept(socket: Socket): void {
    // A peer that resets is no news; without a listener it would end the process.
    socket.on('error', () => socket.destroy());
    const host = normaliseHost(socket.remoteAddress ?? '');
    const group = toAddressGroup(host);
    const count = counts.get(group) ?? 0;
    const isOurs = isLoopbackHost(host) || options.isProxy(host);
    if (sockets.size >= limits.connections || (count >= limits.connectionsPerAddress && !isOurs)) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    counts.set(group, count + 1);
    socket.once('close', () => {
      sockets.delete(socket);
      const left = (counts.get(group) ?? 1) - 1;
      if (left > 0) counts.set(group, left);
      else counts.delete(group);
    });
    const deadline = setTimeout(() => socket.destroy(), limits.firstByteMs);
    socket.once('close', () => {
      clearTimeout(deadline);
    });
    let start: Buffer = Buffer.alloc(0);
    function read(): void {
      const chunk = socket.read() as Buffer | null;
      if (chunk === null) {
        socket.destroy(); // ended before it said enough
        return;
      }
      start = start.length === 0 ? chunk : Buffer.concat([start, chunk]);
      const hello = readClientHello(start);
      if (!hello) return;
      clearTimeout(deadline);
      socket.off('readable', read);
      socket.unshift(start);
      if (start[0] === transitGreeting) transit.accept(socket);
      else if (start[0] === tlsHandshake) startTls(socket, group, hello.serverName);
      else if (options.plainHttp || isOurs) enter(socket, group, http);
      else refusePlain(socket);
    }
    socket.on('readable', read);
  }

  /** While it waits nothing more is read of it than what its buffer holds. */
  function enter(socket: Socket, group: string, to: HttpServer | HttpsServer): void {
    const forget = entrance.arrive({
      share: group,
      enter: () => {
        to.emit('connection', socket);
      },
      refuse: () => socket.destroy(),
    });
    socket.once('close', forget);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(toListenError(error, options));
    });
    server.listen({ host: options.host, port: options.port }, resolve);
  });

  let closing: Promise<void> | undefined;
  return {
    address: server.address() as AddressInfo,
    close: () => {
      closing ??= new Promise((resolve) => {
        entrance.close();
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      });
      return closing;
    },
  };
}

function refusePlain(socket: Socket): void {
  const body = JSON.stringify({ error: { code: 'forbidden' } });
  const head = ['HTTP/1.1 403 Forbidden', 'content-type: application/json', `content-length: ${body.length}`];
  socket.end(`${head.join('\r\n')}\r\nconnection: close\r\n\r\n${body}`, () => socket.destroy());
}

function toListenError(error: NodeJS.ErrnoException, { host, port }: { host: string; port: number }): Error {
  const code = error.code ?? '';
  // EACCES is a port below 1024: to this user it is as good as taken.
  if (['EADDRINUSE', 'EACCES'].includes(code)) return new EnxameError('port-taken', { port }, { cause: error });
  if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL'].includes(code)) {
    return new EnxameError('tracker-address-invalid', { address: host }, { cause: error });
  }
  return error;
}
