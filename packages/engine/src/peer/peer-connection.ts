import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { toCertificateDeviceId } from '@enxame/identity/certificate';
import type { PathKind } from '@enxame/shared/engine/transfer';
import { EnxameError, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { DeviceId } from '@enxame/shared/ids';
import { toHeaders, type Authority } from './authority.js';
import type { RateTaker } from '../limits/rate-taker.js';
import type { ByteRange } from './byte-range.js';
import { toPathKind } from './paths/path-kind.js';
import { openPeerSocket, type PeerWay } from './peer-socket.js';
import { createResponseBody } from './response-body.js';
import { createResponseReader, type BodySink } from './response-reader.js';
import { createStallWatch } from './stall-watch.js';

/** A source that brings less than a TLS record in half a minute is as good as gone, whatever it trickles. */
const stall = { stretchMs: 30_000, minBytes: 16 * 1024 } as const;

/** Takes the bytes of a range in order. `chunk` is only valid during the call. False: no more until `resume`. */
export type RangeSink = (chunk: Uint8Array) => boolean;

/** A TLS connection to a device that has proven to be the one meant. One request at a time. */
export interface PeerConnection {
  readonly pathKind: PathKind;
  /** Why no better path is in use, as far as one was tried; changes while better ones are looked for. */
  readonly betterPathError: ErrorInfo | null;
  /** It ended, from either side. */
  readonly isClosed: boolean;
  /** Reads a whole body of at most `maxBytes`. Throws what the peer answered, `source-lied`, `source-unreachable`. */
  get(path: string, authority: Authority, maxBytes: number): Promise<Uint8Array>;
  /** Reads a part of a content into the sink; resolves after its last byte. Throws as `get`. */
  getRange(path: string, authority: Authority, range: ByteRange, sink: RangeSink): Promise<void>;
  /** Sends a document; resolves when the peer has taken it. Throws as `get`. */
  post(path: string, authority: Authority, body: string): Promise<void>;
  /** As `post`, and reads the answer, of at most `maxBytes`. */
  exchange(path: string, authority: Authority, body: string, maxBytes: number): Promise<Uint8Array>;
  /** After the sink answered false; otherwise without effect. */
  resume(): void;
  /** Reads no faster than this allows; a pause for it is nobody's stall. */
  limitTo(rate: RateTaker): void;
  /** Twice without harm; a request under way fails with `source-unreachable`. */
  close(): void;
}

export interface PeerDialling {
  readonly deviceId: DeviceId;
  readonly tls: { readonly key: string; readonly cert: string };
  /** Ends the dialling. */
  readonly dialSignal: AbortSignal;
  /** Ends the connection, at any time. */
  readonly signal: AbortSignal;
  /** Who else than the device may answer: the tracker, by its certificate. Otherwise the device's key decides. */
  readonly isPeer?: (certificate: X509Certificate) => boolean;
  /** In requests, where something between looks at it; otherwise the device. */
  readonly hostName?: string;
  /** Where the address does not tell it. */
  readonly kindOfPath?: PathKind;
  /** Asked whenever the connection is asked for it. */
  readonly betterPathError?: () => ErrorInfo | null;
}

/**
 * Dials one address, or begins TLS on a pipe, which it then owns. The body of a response is read straight from the
 * socket into the sink: no stream in between.
 * Throws `source-unreachable`, or `source-identity` when another device answers.
 */
export function dialPeer(options: PeerDialling & PeerWay): Promise<PeerConnection> {
  const { deviceId, tls, dialSignal, signal } = options;
  const reader = createResponseReader();
  let fail: (error: unknown) => void = () => undefined;
  let held: Uint8Array[] = [];
  /** The sink takes no more, or the limit allows no more yet. */
  let isFull = false;
  let isLimited = false;
  let rate: RateTaker | undefined;
  /** What the system said of it. */
  let cause: Error | undefined;
  const watch = createStallWatch({ ...stall, onStalled: () => socket.destroy() });

  const isPaused = (): boolean => isFull || isLimited;

  function handleBytes(bytes: Uint8Array): boolean {
    if (socket.destroyed) return false;
    // OpenSSL may hand over more that it has already decrypted, in the same buffer, after it was asked to stop.
    if (isPaused()) held.push(Uint8Array.from(bytes));
    else {
      if (!feed(bytes)) isFull = true;
      keepToRate(bytes.length);
      if (isPaused()) watch.hold();
    }
    return !isPaused();
  }

  function feed(bytes: Uint8Array): boolean {
    watch.received(bytes.length);
    try {
      return reader.read(bytes);
    } catch (error) {
      socket.destroy();
      fail(error);
      return true;
    }
  }

  function keepToRate(bytes: number): void {
    const wait = rate?.take(bytes);
    if (!wait) return;
    isLimited = true;
    void wait.then(() => {
      isLimited = false;
      goOn();
    });
  }

  function resume(): void {
    if (!isFull) return;
    isFull = false;
    goOn();
  }

  function goOn(): void {
    if (isPaused() || socket.destroyed) return;
    watch.release();
    const waiting = held;
    held = [];
    for (const bytes of waiting) handleBytes(bytes);
    if (!isPaused()) socket.resume();
  }

  const socket: TLSSocket = openPeerSocket(options, tls, handleBytes);
  const abort = (): void => {
    socket.destroy();
  };
  signal.addEventListener('abort', abort, { once: true });
  dialSignal.addEventListener('abort', abort, { once: true });
  if (signal.aborted || dialSignal.aborted) abort();
  socket.on('close', () => {
    signal.removeEventListener('abort', abort);
    dialSignal.removeEventListener('abort', abort);
    watch.end();
    held = [];
    fail(new EnxameError(signal.aborted ? 'cancelled' : 'source-unreachable', undefined, { cause }));
  });
  socket.on('error', (error: Error) => {
    cause = error; // `close` follows, and says what is to be said
  });

  function send(path: string, headers: readonly string[], sink: BodySink, body?: string): Promise<void> {
    return new Promise((resolve, reject) => {
      if (socket.destroyed) {
        reject(new EnxameError('source-unreachable'));
        return;
      }
      fail = reject;
      const onEnd = (): void => {
        watch.end();
        sink.onEnd();
        resolve();
      };
      reader.expect({ ...sink, onEnd });
      watch.begin();
      const start = `${body === undefined ? 'GET' : 'POST'} ${path} HTTP/1.1`;
      socket.write([start, `host: ${options.hostName ?? deviceId}`, ...headers, '', body ?? ''].join('\r\n'));
    });
  }

  async function exchange(path: string, authority: Authority, body: string, maxBytes: number): Promise<Uint8Array> {
    const answer = createResponseBody(200, maxBytes);
    const length = `content-length: ${String(Buffer.byteLength(body))}`;
    await send(path, [...toHeaders(authority), 'content-type: application/json', length], answer.sink, body);
    return answer.take();
  }

  const connection: PeerConnection = {
    pathKind: options.kindOfPath ?? ('pipe' in options ? options.pathKind : toPathKind(options.address)),
    get betterPathError() {
      return options.betterPathError?.() ?? null;
    },
    get isClosed() {
      return socket.destroyed;
    },
    get: async (path, authority, maxBytes) => {
      const body = createResponseBody(200, maxBytes);
      await send(path, toHeaders(authority), body.sink);
      return body.take();
    },
    getRange: async (path, authority, { start, end }, sink) => {
      const refusal = createResponseBody(206, 0);
      let onBody = sink;
      await send(path, [...toHeaders(authority), `range: bytes=${String(start)}-${String(end - 1)}`], {
        onHead: (head) => {
          if (head.status === 206) {
            if (head.contentLength !== end - start) throw new EnxameError('source-lied');
            return;
          }
          refusal.sink.onHead(head);
          onBody = (chunk) => refusal.sink.onBody(chunk);
        },
        onBody: (chunk) => onBody(chunk),
        onEnd: () => undefined,
      });
      if (onBody !== sink) refusal.take();
    },
    post: async (path, authority, body) => {
      await exchange(path, authority, body, 0);
    },
    exchange,
    resume,
    limitTo: (next) => {
      rate = next;
    },
    close: () => {
      socket.destroy();
    },
  };
  return new Promise((resolve, reject) => {
    fail = reject;
    socket.once('secureConnect', () => {
      dialSignal.removeEventListener('abort', abort);
      if (isMeant(socket, options.isPeer ?? ((certificate) => toCertificateDeviceId(certificate) === deviceId))) {
        socket.resume();
        resolve(connection);
        return;
      }
      reject(new EnxameError('source-identity'));
      socket.destroy();
    });
  });
}

function isMeant(socket: TLSSocket, isPeer: (certificate: X509Certificate) => boolean): boolean {
  try {
    const certificate = socket.getPeerX509Certificate();
    return certificate !== undefined && isPeer(certificate);
  } catch {
    return false; // a certificate that cannot be read is nobody's; thrown in an event it would end the process
  }
}
