import { createServer, type Server } from 'node:https';
import type { SelfSigned } from '@enxame/identity/certificate';
import type { Express } from 'express';
import type { TrackerLimits } from '../limits.js';
import { slowRequestOptions } from './slow-requests.js';

const minVersion = 'TLSv1.3';

/** The side that speaks TLS. */
export function createSecureServer(certificate: SelfSigned, limits: TrackerLimits, app: Express): Server {
  const { privateKeyPem: key, certificatePem: cert } = certificate;
  const handshakeTimeout = limits.tlsHandshakeMs;
  const server = createServer({ key, cert, minVersion, handshakeTimeout, ...slowRequestOptions(limits) }, app);
  // A failed handshake is that connection's end, and no news: any port scanner makes some.
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  return server;
}

/** New connections see this one. Throws when the key is another one's. */
export function showCertificate(server: Server, { privateKeyPem: key, certificatePem: cert }: SelfSigned): void {
  server.setSecureContext({ key, cert, minVersion });
}
