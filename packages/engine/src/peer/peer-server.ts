import type { FileHandle } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { toCertificateDeviceId } from '@enxame/identity/certificate';
import { encodeManifest, type Manifest } from '@enxame/shared/content/manifest';
import { EnxameError, toErrorInfo } from '@enxame/shared/errors/enxame-error';
import { toHttpStatus } from '@enxame/shared/errors/http-status';
import { contentIdSchema, type ContentId, type DeviceId } from '@enxame/shared/ids';
import type { TicketClaims } from '@enxame/shared/peer/ticket';
import type { Logger } from 'pino';
import { parseRange, type ByteRange } from './byte-range.js';
import { sendFile } from './send-file.js';
import type { SendLog } from './send-log.js';

/** A content that is here whole, opened to be read by others. */
export interface OpenContent {
  readonly handle: FileHandle;
  readonly name: string;
  readonly size: number;
  manifest(): Promise<Manifest>;
}

export interface PeerServerDeps {
  readonly tls: { readonly key: string; readonly cert: string };
  /** Throws `content-not-found`, `file-changed`, `file-vanished`. The server closes the handle. */
  readonly openContent: (contentId: ContentId) => Promise<OpenContent>;
  /** Throws `ticket-invalid`. */
  readonly checkTicket: (ticket: string, device: DeviceId, contentId: ContentId) => Promise<TicketClaims>;
  readonly sends: SendLog;
  readonly logger: Logger;
}

export interface PeerServer {
  readonly port: number;
  close(): Promise<void>;
}

/** A family has tens of devices; more connections than this are somebody else's. */
const maxConnections = 512;
const requestHeadersTimeoutMs = 10_000;
/** An idle connection costs a socket; a receiver that comes back dials again in a few milliseconds. */
const idleTimeoutMs = 60_000;
/** A receiver that takes nothing for this long is gone. */
const stalledTimeoutMs = 60_000;
const maxHeaderBytes = 8 * 1024;

/**
 * Serves this device's contents to others: HTTPS with mutual TLS 1.3; every request carries a ticket whose device is
 * the TLS client. (docs/spec/peer-protocol.md)
 * Throws `port-taken`.
 */
export async function createPeerServer(
  deps: PeerServerDeps,
  listen: { readonly host?: string; readonly port: number },
): Promise<PeerServer> {
  const server = createServer(
    {
      ...deps.tls,
      minVersion: 'TLSv1.3',
      requestCert: true,
      // Device certificates are signed by nobody: who the client is follows from its key, which TLS has proven.
      rejectUnauthorized: false,
      maxHeaderSize: maxHeaderBytes,
    },
    (request, response) => void handleRequest(deps, request, response),
  );
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
    close: () => {
      closing ??= new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
      return closing;
    },
  };
}

async function handleRequest(deps: PeerServerDeps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await answer(deps, request, response);
  } catch (error) {
    if (response.headersSent || response.destroyed) {
      // Too late for a status: cutting the connection is how HTTP says that the body is not whole.
      response.destroy();
      return;
    }
    const info = toErrorInfo(error);
    if (info.code === 'internal') deps.logger.error({ err: error }, 'peer request failed');
    const body = JSON.stringify({ error: { code: info.code } });
    response.writeHead(toHttpStatus(info.code), { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
  }
}

const contentPathPattern = /^\/v1\/content\/([a-z2-7]{52})(\/manifest)?$/;

async function answer(deps: PeerServerDeps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, id, manifestPart] = contentPathPattern.exec(request.url ?? '') ?? [];
  if (id === undefined) throw new EnxameError('not-found');
  if (request.method !== 'GET' && request.method !== 'HEAD') throw new EnxameError('not-supported');
  const parsedId = contentIdSchema.safeParse(id);
  if (!parsedId.success) throw new EnxameError('not-found');
  const contentId = parsedId.data;
  const deviceId = clientDevice(request.socket as TLSSocket);
  const ticket = /^Bearer (\S{1,1024})$/.exec(request.headers.authorization ?? '')?.[1];
  if (ticket === undefined) throw new EnxameError('unauthorized');
  const claims = await deps.checkTicket(ticket, deviceId, contentId);

  const content = await deps.openContent(contentId);
  try {
    if (manifestPart === undefined) await sendContent(deps, request, response, content, contentId, claims);
    else await sendManifest(request, response, content);
  } finally {
    await content.handle.close();
  }
}

function clientDevice(socket: TLSSocket): DeviceId {
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) throw new EnxameError('unauthorized');
  return toCertificateDeviceId(certificate);
}

async function sendManifest(request: IncomingMessage, response: ServerResponse, content: OpenContent): Promise<void> {
  const bytes = encodeManifest(await content.manifest());
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes.length });
  await endResponse(response, request.method === 'HEAD' ? undefined : bytes);
}

async function sendContent(
  deps: PeerServerDeps,
  request: IncomingMessage,
  response: ServerResponse,
  content: OpenContent,
  contentId: ContentId,
  claims: TicketClaims,
): Promise<void> {
  const range = parseRange(request.headers.range, content.size);
  if (range === null) {
    response.writeHead(416, { 'content-range': `bytes */${String(content.size)}`, 'content-length': 0 });
    await endResponse(response);
    return;
  }
  const part: ByteRange = range ?? { start: 0, end: content.size };
  response.writeHead(range ? 206 : 200, {
    'content-type': 'application/octet-stream',
    'content-length': part.end - part.start,
    'accept-ranges': 'bytes',
    etag: `"${contentId}"`,
    ...(range && { 'content-range': `bytes ${String(part.start)}-${String(part.end - 1)}/${String(content.size)}` }),
  });
  if (request.method === 'HEAD') {
    await endResponse(response);
    return;
  }
  const send = deps.sends.begin({
    deviceId: claims.sub,
    userName: claims.name,
    contentId,
    name: content.name,
    size: content.size,
  });
  try {
    await sendFile(content.handle, part, response, send.sent);
    await endResponse(response);
  } finally {
    send.end();
  }
}

function endResponse(response: ServerResponse, body?: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    response.once('close', resolve);
    response.end(body, () => {
      resolve();
    });
  });
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
