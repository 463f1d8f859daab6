import { Agent } from 'node:https';
import type { Socket as NetSocket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { toCertificateHash } from '@enxame/identity/certificate';
import { EnxameError, fromErrorInfo } from '@enxame/shared/errors/enxame-error';
import { answerSchema, type PayloadIn, type ReplyOf, type RequestName } from '@enxame/shared/messages/request-table';
import { trackerRequests, type TrackerRequests } from '@enxame/shared/tracker/requests';
import { io, type Socket } from 'socket.io-client';
import type { TrackerAddress } from './tracker-address.js';
import { answerTimeoutMs, expectToReach } from './tracker-patience.js';

/** The largest answer names every entry of a person who shares a hundred thousand files; a larger one is no answer. */
const maxAnswerBytes = 32 * 1024 * 1024;
/** A full batch of announcements waits for the tracker's disk. */
const requestTimeoutMs = 30_000;

/** A raw connection to a tracker: requests and pushes, before anybody has proven who they are. */
export interface TrackerSocket {
  /** Throws what the tracker answered, `timed-out`, or `tracker-offline` when the connection ended. */
  request<N extends RequestName<TrackerRequests>>(
    name: N,
    payload: PayloadIn<TrackerRequests, N>,
  ): Promise<ReplyOf<TrackerRequests, N>>;
  onPush(listener: (name: string, payload: unknown) => void): void;
  /** Aborted when the connection ends, from either side. */
  readonly ended: AbortSignal;
  close(): void;
}

/**
 * Opens Socket.IO to a tracker whose certificate is known. A connection that shows another certificate is cut before
 * a word is said. Throws `tracker-unreachable`, `signature-invalid` for another certificate.
 */
export async function dialTracker(
  address: TrackerAddress,
  certificateHash: string,
  signal: AbortSignal,
): Promise<TrackerSocket> {
  const agent = new PinnedAgent(certificateHash);
  // Engine.IO hands it on to the WebSocket; the types do not know it.
  const limits: object = { maxPayload: maxAnswerBytes };
  const socket = io(address.url, {
    transports: ['websocket'],
    reconnection: false,
    timeout: answerTimeoutMs,
    // The types know the browser's agent flag only; in Node this is the agent of the underlying request.
    agent: agent as unknown as string,
    rejectUnauthorized: false,
    forceNew: true,
    ...limits,
  });
  const ended = new AbortController();
  try {
    await waitForConnect(socket, signal);
  } catch (error) {
    socket.disconnect();
    agent.destroy();
    const where = { address: address.url.replace('https://', '') };
    if (signal.aborted) throw new EnxameError('cancelled');
    if (agent.sawAnother) throw new EnxameError('signature-invalid');
    throw new EnxameError('tracker-unreachable', where, { cause: error });
  }
  socket.on('disconnect', () => {
    ended.abort();
    agent.destroy();
  });
  return {
    request: (name, payload) => sendRequest(socket, name, payload),
    onPush: (listener) => {
      socket.onAny((name: string, payload: unknown) => {
        // About this connection, which the next message may end: told while it is there.
        if (name === 'tracker:draining') listener(name, payload);
        // One turn later: the answer that came before it in the same packet of bytes is then with who asked.
        else
          setImmediate(() => {
            if (!ended.signal.aborted) listener(name, payload);
          });
      });
    },
    ended: ended.signal,
    close: () => {
      socket.disconnect();
    },
  };
}

async function sendRequest<N extends RequestName<TrackerRequests>>(
  socket: Socket,
  name: N,
  payload: PayloadIn<TrackerRequests, N>,
): Promise<ReplyOf<TrackerRequests, N>> {
  // Socket.IO would keep it for the next connection, which here is another socket.
  const isConnected = (): boolean => socket.connected;
  if (!isConnected()) throw new EnxameError('tracker-offline');
  let raw: unknown;
  try {
    raw = await socket.timeout(requestTimeoutMs).emitWithAck(name, payload);
  } catch (error) {
    throw new EnxameError(isConnected() ? 'timed-out' : 'tracker-offline', undefined, { cause: error });
  }
  const answer = answerSchema.safeParse(raw);
  if (!answer.success) throw new EnxameError('bad-request', { where: name });
  if (!answer.data.ok) throw fromErrorInfo(answer.data.error);
  const reply = trackerRequests[name].reply.safeParse(answer.data.reply);
  if (!reply.success) throw new EnxameError('bad-request', { where: name }, { cause: reply.error });
  return reply.data as ReplyOf<TrackerRequests, N>;
}

function waitForConnect(socket: Socket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(new EnxameError('cancelled'));
    };
    signal.addEventListener('abort', abort, { once: true });
    socket.once('connect', () => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
    socket.once('connect_error', (error) => {
      signal.removeEventListener('abort', abort);
      reject(error);
    });
    if (signal.aborted) abort();
  });
}

/** Cuts a TLS connection that shows another certificate than the one whose hash was proven. */
class PinnedAgent extends Agent {
  readonly #certificateHash: string;
  /** Another certificate was shown. */
  sawAnother = false;

  constructor(certificateHash: string) {
    super({ rejectUnauthorized: false });
    this.#certificateHash = certificateHash;
  }

  override createConnection(...args: Parameters<Agent['createConnection']>): NetSocket {
    const socket = super.createConnection(...args) as TLSSocket;
    expectToReach(socket);
    socket.prependOnceListener('secureConnect', () => {
      const certificate = socket.getPeerCertificate().raw;
      this.sawAnother = toCertificateHash(certificate) !== this.#certificateHash;
      if (this.sawAnother) socket.destroy(new EnxameError('signature-invalid'));
    });
    return socket;
  }
}
