import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { EnxameError, toErrorInfo } from '@enxame/shared/errors/enxame-error';
import { toHttpStatus } from '@enxame/shared/errors/http-status';
import { fromRelayName, relayPath, relayProtocol } from '@enxame/shared/tracker/path';
import { createWebSocketStream, WebSocketServer } from 'ws';
import type { Paths } from '../domain/paths.js';
import { readPathToken } from './path-token.js';
import type { Legs } from '../hosted/legs.js';
import type { Relay, RelayGuest } from './relay.js';
import type { UpgradeHandler } from './upgrades.js';

/** TLS records of one write come as one message; more is no peer of ours. */
const maxFrameBytes = 4 * 1024 * 1024;

export interface RelayDoor extends UpgradeHandler {
  /**
   * A connection that begins TLS with this server name and has said nothing else. True: the name is one of the relay's, and
   * the socket, whatever it has said included, is no longer the caller's. (docs/spec/tracker-protocol.md, T55)
   */
  handleNamed(socket: Socket, serverName: string): boolean;
}

/**
 * Where devices enter the relay: by a name that TLS begins with, or an upgrade to the raw protocol, or to a WebSocket
 * where a proxy insists on it. Nothing may follow such a request before the answer: then the other side is there.
 * (docs/spec/tracker-protocol.md, T56)
 */
export function createRelayDoor(deps: {
  readonly paths: Paths;
  readonly relay: Relay;
  /** The tracker itself, where it is the other side. */
  readonly keeper?: Pick<Legs, 'take'>;
}): RelayDoor {
  const webSockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: maxFrameBytes,
    clientTracking: false,
  });

  function enter(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const isRaw = request.headers.upgrade?.toLowerCase() === relayProtocol;
    const token = readPathToken(request);
    if (head.length > 0) throw new EnxameError('bad-request');
    const carrier = request.socket;
    socket.pause(); // what comes early waits in the system's buffer, not in ours
    guide(token, {
      socket: carrier,
      admit: () => (isRaw ? admitRaw(socket) : admitWebSocket(request, socket)),
      refuse: (error) => {
        refuse(socket, error);
      },
    });
  }

  /** No answer can be given in what will be the two devices' TLS: who is refused asks by the other way, and hears it there. */
  function enterNamed(socket: Socket, token: string): void {
    socket.pause();
    guide(token, { socket, admit: () => socket, refuse: () => socket.destroy() });
  }

  /** To whoever is, or will be, the other side. Throws as `Paths.relaySide`. */
  function guide(token: string, { socket, admit, refuse }: Omit<RelayGuest, 'side'>): void {
    const side = deps.paths.relaySide(token);
    const enter = (): Duplex => {
      deps.paths.closeRelaySide(token);
      return admit();
    };
    if (deps.keeper?.take(side.pathId, enter)) return;
    deps.relay.enter({
      side,
      socket,
      admit: enter,
      refuse: (error) => {
        deps.paths.closeRelaySide(token, error);
        refuse(error);
      },
    });
  }

  function admitWebSocket(request: IncomingMessage, socket: Duplex): Duplex {
    let stream: Duplex | undefined;
    // It calls back before it returns; when it refuses, it ends the socket, and the stream of it is none.
    webSockets.handleUpgrade(request, socket, Buffer.alloc(0), (webSocket) => {
      stream = createWebSocketStream(webSocket);
    });
    if (!stream) socket.destroy();
    return stream ?? socket;
  }

  return {
    handleNamed: (socket, serverName) => {
      const token = fromRelayName(serverName);
      if (!token) return false;
      try {
        enterNamed(socket, Buffer.from(token).toString('base64url'));
      } catch (error) {
        if (!(error instanceof EnxameError)) throw error;
        socket.destroy();
      }
      return true;
    },
    handleUpgrade: (request, socket, head) => {
      if (request.url?.split('?', 1)[0] !== relayPath) return false;
      socket.on('error', () => socket.destroy()); // a side that resets is no news
      try {
        enter(request, socket, head);
      } catch (error) {
        refuse(socket, error);
      }
      return true;
    },
  };
}

function admitRaw(socket: Duplex): Duplex {
  socket.write(`HTTP/1.1 101 ${STATUS_CODES[101] ?? ''}\r\nconnection: Upgrade\r\nupgrade: ${relayProtocol}\r\n\r\n`);
  return socket;
}

function refuse(socket: Duplex, thrown: unknown): void {
  const error = toErrorInfo(thrown);
  const status = toHttpStatus(error.code);
  const body = JSON.stringify({ error });
  const head = [
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}`,
    'content-type: application/json',
    `content-length: ${String(Buffer.byteLength(body))}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
