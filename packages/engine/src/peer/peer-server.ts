import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { DEFAULT_CIPHERS } from 'node:tls';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { Logger } from 'pino';
import { answerRequest } from './answer-request.js';
import type { ContentAccess } from './content-access.js';
import { demultiplex, type Prefaces } from './peer-port.js';
import { createRequestTurns } from './request-turns.js';
import type { Uploads } from '../queue/uploads.js';
import type { ReceiptDesk } from '../receipts/receipt-desk.js';
import type { ProbeDesk } from './probe-desk.js';
import type { SwarmDesk } from './swarm-desk.js';

export interface PeerServerDeps extends ContentAccess {
  readonly tls: { readonly key: string; readonly cert: string };
  readonly uploads: Uploads;
  readonly receipts: ReceiptDesk;
  readonly swarm?: SwarmDesk;
  readonly probes?: ProbeDesk;
  readonly logger: Logger;
  /** What else comes to the same port. */
  readonly prefaces?: Prefaces;
}

export interface PeerServer {
  readonly port: number;
  /** Serves a peer whose connection did not come to the port. Owns it from now on. */
  serve(pipe: Duplex): void;
  close(): Promise<void>;
}

/** A family has tens of devices; more connections than this are somebody else's. */
const maxConnections = 512;
const requestHeadersTimeoutMs = 10_000;
/** How often the server looks for requests that are late; Node's own 30 s would make 10 s mean 40. */
const lateRequestsCheckMs = 5_000;
const handshakeTimeoutMs = 10_000;
/** An idle connection costs a socket; a receiver that comes back dials again in a few milliseconds. */
const idleTimeoutMs = 60_000;
/** A receiver that takes nothing for this long is gone. */
const stalledTimeoutMs = 60_000;
const maxHeaderBytes = 8 * 1024;
/** P40: the first that the client has, too, is used. Ten rounds of AES instead of fourteen: 7 % of the CPU of a transfer. */
const firstCipher = 'TLS_AES_128_GCM_SHA256';
const ciphers = [firstCipher, ...DEFAULT_CIPHERS.split(':').filter((cipher) => cipher !== firstCipher)].join(':');

/**
 * Serves this device's contents to others: HTTPS with mutual TLS 1.3; every request carries a ticket whose device is
 * the TLS client. (docs/spec/peer-protocol.md, P1 to P3)
 * Throws `port-taken`.
 */
export async function createPeerServer(
  deps: PeerServerDeps,
  listen: { readonly host?: string; readonly port: number },
): Promise<PeerServer> {
  const turns = createRequestTurns();
  const server = createServer(
    {
      ...deps.tls,
      minVersion: 'TLSv1.3',
      ciphers,
      requestCert: true,
      // Device certificates are signed by nobody: who the client is follows from its key, which TLS has proven.
      rejectUnauthorized: false,
      maxHeaderSize: maxHeaderBytes,
      handshakeTimeout: handshakeTimeoutMs,
      connectionsCheckingInterval: lateRequestsCheckMs,
    },
    (request, response) => {
      turns.take(request.socket, () => answerRequest(deps, request, response));
    },
  );
  // All of them: `closeAllConnections` does not know those whose handshake never ended.
  const sockets = new Set<Duplex>();
  const keep = (socket: Duplex): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  };
  const startTls = demultiplex(server, deps.prefaces ?? new Map());
  server.on('connection', keep);
  server.maxConnections = maxConnections;
  server.headersTimeout = requestHeadersTimeoutMs;
  server.keepAliveTimeout = idleTimeoutMs;
  server.timeout = stalledTimeoutMs;
  server.on('tlsClientError', (error) => {
    deps.logger.debug({ err: error }, 'TLS with a peer failed');
  });
  await listenOn(server, listen);
  server.on('error', (error) => {
    deps.logger.error({ err: error }, 'peer server');
  });
  const { port } = server.address() as AddressInfo;
  let closing: Promise<void> | undefined;
  return {
    port,
    serve: (pipe) => {
      if (sockets.size >= maxConnections || closing) {
        pipe.destroy();
        return;
      }
      pipe.on('error', () => pipe.destroy()); // a peer that resets is no news
      keep(pipe);
      startTls(pipe);
    },
    close: () => {
      closing ??= new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }).then(() => turns.idle());
      return closing;
    },
  };
}

function listenOn(server: Server, { host, port }: { readonly host?: string; readonly port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      reject(taken ? new EnxameError('port-taken', { port }) : error);
    });
    // Without a host: both families where there is IPv6, else IPv4.
    server.listen({ port, ...(host !== undefined && { host }) }, resolve);
  });
}
