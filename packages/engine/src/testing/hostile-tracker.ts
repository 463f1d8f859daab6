import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket as NetSocket } from 'node:net';
import { createSelfSigned, toCertificateHash } from '@enxame/identity/certificate';
import { encodePublicKey, toTrackerId } from '@enxame/identity/public-key';
import { signStatement } from '@enxame/identity/signing';
import { certificateStatement } from '@enxame/shared/identity/grant';
import { fromErrorInfo, type EnxameError } from '@enxame/shared/errors/enxame-error';
import type { TrackerId, UserId } from '@enxame/shared/ids';
import { trackerProtocol, trackerProtocolVersion, type Hello } from '@enxame/shared/tracker/hello';
import { Server as SocketServer, type Socket } from 'socket.io';
import { createCondition, type Condition } from './until.js';

/** A tracker on a real port that knows how to say hello, and answers everything else as the test likes. */
export interface HostileTracker {
  readonly url: string;
  readonly trackerId: TrackerId;
  readonly hello: Hello;
  /** How often it was asked who it is. */
  readonly hellos: number;
  /** Names of the requests that arrived. */
  readonly requests: readonly string[];
  readonly sockets: ReadonlySet<Socket>;
  /** Told of each connection and request. */
  readonly told: Condition;
  close(): Promise<void>;
}

export type TrackerAnswer = (name: string, payload: unknown) => unknown;

export const userIdOfNobody = 'u'.repeat(51).concat('a') as UserId;

/** Lets every device in, under the name "Rui". */
export const welcome: TrackerAnswer = (name) => {
  switch (name) {
    case 'session:challenge':
      return { nonce: 'nonce' };
    case 'session:open':
    case 'user:register':
      return { user: { id: userIdOfNobody, name: 'Rui' } };
    default:
      return {};
  }
};

/** `answer` gives the reply of a request, or throws the EnxameError that is answered. */
export async function startHostileTracker(
  options: { readonly answer?: TrackerAnswer; readonly port?: number; readonly keys?: TrackerKeys } = {},
): Promise<HostileTracker> {
  const { answer = welcome, port = 0, keys = createTrackerKeys() } = options;
  const { privateKeyPem, certificatePem } = await createSelfSigned('tracker', Date.now());
  const certificateHash = toCertificateHash(new X509Certificate(certificatePem).raw);
  const trackerId = toTrackerId(keys.publicKey);
  const hello: Hello = {
    protocol: trackerProtocol,
    version: trackerProtocolVersion,
    trackerId,
    key: encodePublicKey(keys.publicKey),
    name: 'a network',
    certificateProof: signStatement(keys.privateKey, certificateStatement({ trackerId, certificateHash })),
    usersOnline: 0,
  };
  let hellos = 0;
  const server = createServer({ key: privateKeyPem, cert: certificatePem }, (request, response) => {
    if (request.url === '/hello') hellos++;
    if (request.url === '/hello') response.end(JSON.stringify(hello));
    else response.writeHead(404).end();
  });
  const raw = trackSockets(server);
  const told = createCondition();
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  const io = new SocketServer(server);
  io.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('disconnect', () => sockets.delete(socket));
    socket.onAny((name: string, payload: unknown, acknowledge: (reply: unknown) => void) => {
      requests.push(name);
      try {
        acknowledge({ ok: true, reply: answer(name, payload) });
      } catch (error) {
        acknowledge({ ok: false, error: (error as EnxameError).toJSON() });
      }
      told.changed();
    });
    told.changed();
  });
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `https://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    trackerId,
    hello,
    get hellos() {
      return hellos;
    },
    requests,
    sockets,
    told,
    close: async () => {
      const closed = io.close();
      for (const socket of raw) socket.destroy();
      await closed;
    },
  };
}

export type TrackerKeys = ReturnType<typeof createTrackerKeys>;
export const createTrackerKeys = () => generateKeyPairSync('ed25519');

export const refusal = (code: EnxameError['code']): EnxameError => fromErrorInfo({ code });

export function trackSockets(server: Server): ReadonlySet<NetSocket> {
  const sockets = new Set<NetSocket>();
  server.on('connection', (socket: NetSocket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}
