import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { maxFrameBytes, type Carrier } from '@enxame/shared/engine/carrier';
import { createWebSocketCarrier } from '@enxame/shared/engine/web-socket-carrier';
import { EnxameError, toErrorInfo } from '@enxame/shared/errors/enxame-error';
import { toHttpStatus } from '@enxame/shared/errors/http-status';
import { WebSocketServer, type WebSocket } from 'ws';
import { checkHostAndOrigin } from './request-guard.js';
import { isSameToken } from './web-token.js';

export const enginePath = '/engine';
const protocol = 'enxame';
const tokenPrefix = 'token.';
/** A person has a few tabs open, not hundreds. */
const maxPages = 64;
/** What may wait for a page that does not read (a frozen tab); beyond it the page must connect again. */
const maxBacklogBytes = 4 * maxFrameBytes;

export interface EngineDoor {
  /** Makes a page's request for a WebSocket a carrier, or refuses it. `port` is the server's own. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer, port: number): void;
  close(): void;
}

/** The way of a page to the engine. The token travels as a subprotocol, the one header that a page can set. */
export function createEngineDoor(deps: {
  readonly token: string;
  readonly accept: (carrier: Carrier) => void;
}): EngineDoor {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maxFrameBytes,
    handleProtocols: (protocols) => (protocols.has(protocol) ? protocol : false), // never the token: it would be echoed
  });

  function check(request: IncomingMessage, port: number): void {
    checkHostAndOrigin(request.headers, port);
    if (request.url !== enginePath) throw new EnxameError('not-found');
    const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((text) => text.trim());
    const guess = protocols.find((text) => text.startsWith(tokenPrefix))?.slice(tokenPrefix.length) ?? '';
    if (!protocols.includes(protocol) || !isSameToken(deps.token, guess)) throw new EnxameError('unauthorized');
    if (server.clients.size >= maxPages) throw new EnxameError('rate-limited');
  }

  return {
    handleUpgrade: (request, socket, head, port) => {
      try {
        check(request, port);
      } catch (error) {
        refuse(socket, error);
        return;
      }
      server.handleUpgrade(request, socket, head, (page) => {
        deps.accept(createPageCarrier(page));
      });
    },
    close: () => {
      for (const page of server.clients) page.terminate();
      server.close();
    },
  };
}

function createPageCarrier(page: WebSocket): Carrier {
  const carrier = createWebSocketCarrier(page);
  return {
    ...carrier,
    send: (frame) => {
      carrier.send(frame);
      if (page.bufferedAmount > maxBacklogBytes) page.terminate();
    },
  };
}

function refuse(socket: Duplex, error: unknown): void {
  const status = toHttpStatus(toErrorInfo(error).code);
  socket.on('error', () => undefined); // it is on its way out
  socket.end(
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
  );
}
