import type { OnReadOpts } from 'node:net';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { toCertificateDeviceId } from '@enxame/identity/certificate';
import { EnxameError, errorInfoSchema } from '@enxame/shared/errors/enxame-error';
import type { DeviceId } from '@enxame/shared/ids';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import { z } from 'zod';
import type { ByteRange } from './byte-range.js';
import type { ResponseHead } from './response-head.js';
import { createResponseReader, type BodySink } from './response-reader.js';

/** TLS hands over at most 16 KiB at a time. */
const readBytes = 64 * 1024;
const stalledTimeoutMs = 30_000;
const maxErrorBytes = 4096;
const errorBodySchema = z.object({ error: errorInfoSchema });

/** Takes the bytes of a range in order. `chunk` is only valid during the call. False: no more until `resume`. */
export type RangeSink = (chunk: Uint8Array) => boolean;

/** A TLS connection to a device that has proven to be the one meant. One request at a time. */
export interface PeerConnection {
  readonly address: DeviceAddress;
  /** Reads a whole small body. Throws what the peer answered, `source-lied`, `source-unreachable`. */
  get(path: string, ticket: string, size: number): Promise<Uint8Array>;
  /** Reads a part of a content into the sink; resolves after its last byte. Throws as `get`. */
  getRange(path: string, ticket: string, range: ByteRange, sink: RangeSink): Promise<void>;
  /** After the sink answered false. */
  resume(): void;
  /** Twice without harm; a request under way fails with `source-unreachable`. */
  close(): void;
}

/**
 * Dials one address. The body of a response is read straight from the socket into the sink: no stream in between.
 * Throws `source-unreachable`, or `source-identity` when another device answers.
 */
export function dialPeer(options: {
  readonly address: DeviceAddress;
  readonly deviceId: DeviceId;
  readonly tls: { readonly key: string; readonly cert: string };
  /** Ends the dialling. */
  readonly dialSignal: AbortSignal;
  /** Ends the connection, at any time. */
  readonly signal: AbortSignal;
}): Promise<PeerConnection> {
  const { address, deviceId, tls, dialSignal, signal } = options;
  const reader = createResponseReader();
  let fail: (error: unknown) => void = () => undefined;
  let held: Uint8Array[] = [];
  let paused = false;

  function handleBytes(bytes: Uint8Array): boolean {
    // OpenSSL may hand over more that it has already decrypted, in the same buffer, after it was asked to stop.
    if (paused) held.push(Uint8Array.from(bytes));
    else paused = !feed(bytes);
    return !paused;
  }

  function feed(bytes: Uint8Array): boolean {
    try {
      return reader.read(bytes);
    } catch (error) {
      socket.destroy();
      fail(error);
      return true;
    }
  }

  function resume(): void {
    paused = false;
    const waiting = held;
    held = [];
    for (const bytes of waiting) handleBytes(bytes);
    if (!paused) socket.resume();
  }

  // One buffer for all reads, and no stream: a third less CPU than 'data' events. tls.connect hands it on to net.
  const onread: OnReadOpts = {
    buffer: Buffer.allocUnsafeSlow(readBytes),
    callback: (bytes, buffer) => handleBytes(buffer.subarray(0, bytes)),
  };
  const connectOptions: ConnectionOptions & { onread: OnReadOpts } = {
    host: address.host,
    port: address.port,
    ...tls,
    minVersion: 'TLSv1.3',
    rejectUnauthorized: false, // who the peer is follows from its key, below
    onread,
  };
  const socket: TLSSocket = connect(connectOptions);
  socket.setNoDelay(true);
  socket.setTimeout(stalledTimeoutMs, () => socket.destroy());
  const abort = (): void => {
    socket.destroy();
  };
  signal.addEventListener('abort', abort, { once: true });
  dialSignal.addEventListener('abort', abort, { once: true });
  if (signal.aborted || dialSignal.aborted) abort();
  socket.on('close', () => {
    signal.removeEventListener('abort', abort);
    dialSignal.removeEventListener('abort', abort);
    fail(new EnxameError(signal.aborted ? 'cancelled' : 'source-unreachable'));
  });
  socket.on('error', () => undefined); // `close` follows, and says what is to be said

  function send(path: string, headers: readonly string[], sink: BodySink): Promise<void> {
    return new Promise((resolve, reject) => {
      if (socket.destroyed) {
        reject(new EnxameError('source-unreachable'));
        return;
      }
      fail = reject;
      reader.expect({ ...sink, onEnd: () => { sink.onEnd(); resolve(); } }); // prettier-ignore
      socket.write([`GET ${path} HTTP/1.1`, `host: ${deviceId}`, ...headers, '', ''].join('\r\n'));
    });
  }

  const connection: PeerConnection = {
    address,
    get: async (path, ticket, size) => {
      const body = createBody(size);
      await send(path, [`authorization: Bearer ${ticket}`], body.sink);
      return body.take(200);
    },
    getRange: async (path, ticket, { start, end }, sink) => {
      const error = createBody(maxErrorBytes);
      let onBody = sink;
      await send(path, [`authorization: Bearer ${ticket}`, `range: bytes=${String(start)}-${String(end - 1)}`], {
        onHead: (head) => {
          if (head.status !== 206) {
            error.sink.onHead(head);
            onBody = error.sink.onBody;
          } else if (head.contentLength !== end - start) throw new EnxameError('source-lied');
        },
        onBody: (chunk) => onBody(chunk),
        onEnd: () => undefined,
      });
      if (onBody !== sink) error.take(206);
    },
    resume,
    close: () => {
      socket.destroy();
    },
  };
  return new Promise((resolve, reject) => {
    fail = reject;
    socket.once('secureConnect', () => {
      dialSignal.removeEventListener('abort', abort);
      const certificate = socket.getPeerX509Certificate();
      if (certificate && toCertificateDeviceId(certificate) === deviceId) {
        socket.resume();
        resolve(connection);
        return;
      }
      reject(new EnxameError('source-identity'));
      socket.destroy();
    });
  });
}

/** Gathers a body of at most `maxBytes`; `take` gives it for the expected status, else throws what the peer said. */
function createBody(maxBytes: number): { sink: BodySink; take(status: number): Uint8Array } {
  const chunks: Uint8Array[] = [];
  let status = 0;
  return {
    sink: {
      onHead: (head: ResponseHead) => {
        if (head.contentLength > Math.max(maxBytes, maxErrorBytes)) throw new EnxameError('source-lied');
        status = head.status;
      },
      onBody: (chunk) => {
        chunks.push(Uint8Array.from(chunk));
        return true;
      },
      onEnd: () => undefined,
    },
    take: (expected) => {
      const body = Buffer.concat(chunks);
      if (status === expected) return body;
      throw toPeerError(body.toString('utf8'));
    },
  };
}

function toPeerError(text: string): EnxameError {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return new EnxameError('source-lied', undefined, { cause: error });
  }
  const parsed = errorBodySchema.safeParse(json);
  return parsed.success ? new EnxameError(parsed.data.error.code) : new EnxameError('source-lied');
}
