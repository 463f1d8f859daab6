import { request as requestHttp, type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Duplex } from 'node:stream';
import { EnxameError, errorInfoSchema, isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import { relayPath, relayProtocol } from '@enxame/shared/tracker/path';
import { createWebSocketStream, WebSocket } from 'ws';
import { z } from 'zod';
import type { TrackerAddress } from '../../tracker/tracker-address.js';

/** A way in that does not answer is given company by the next; the tracker takes a token once, so only one gets in. */
const nextWayMs = 3000;
const maxRefusalBytes = 4096;
const refusalSchema = z.object({ error: errorInfoSchema });

export type RelayWay = (tracker: TrackerAddress, token: string, signal: AbortSignal) => Promise<Duplex>;

/** In the order in which they are tried. */
export const relayWays: readonly RelayWay[] = [
  (...args) => upgrade(requestHttp, ...args),
  (...args) => upgrade(requestHttps, ...args),
  openWebSocket,
];

/**
 * This side of a relayed connection: raw bytes to and from the other side, once both are there. First over plain TCP,
 * since what it carries is TLS of the devices' own (docs/adr/0013); over TLS where a firewall wants to see some; as
 * messages of a WebSocket where a proxy passes nothing else. Throws `relay-refused`, `source-unreachable`, `cancelled`.
 */
export function enterRelay(
  tracker: TrackerAddress,
  token: string,
  signal: AbortSignal,
  ways: readonly RelayWay[] = relayWays,
): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const race = new AbortController();
    const stop = AbortSignal.any([race.signal, signal]);
    let begun = 0;
    let failed = 0;
    let timer: NodeJS.Timeout | undefined;

    function end(): void {
      clearTimeout(timer);
      race.abort();
    }

    function handleFailure(error: unknown): void {
      failed++;
      if (stop.aborted && !signal.aborted) return; // another way won
      const isLast = failed === ways.length;
      if (signal.aborted) reject(new EnxameError('cancelled'));
      else if (isErrorWithCode(error, 'relay-refused')) reject(error);
      else if (isLast) reject(new EnxameError('source-unreachable', undefined, { cause: error }));
      else {
        beginNext();
        return;
      }
      end();
    }

    function beginNext(): void {
      clearTimeout(timer);
      const way = ways[begun];
      if (!way) return;
      begun++;
      if (begun < ways.length) timer = setTimeout(beginNext, nextWayMs);
      way(tracker, token, stop).then((pipe) => {
        if (stop.aborted) {
          pipe.destroy();
          return;
        }
        end();
        resolve(pipe);
      }, handleFailure);
    }
    beginNext();
  });
}

function upgrade(
  request: (options: RequestOptions & { rejectUnauthorized?: boolean }) => ClientRequest,
  { host, port }: TrackerAddress,
  token: string,
  signal: AbortSignal,
): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const call = request({
      host,
      port,
      path: relayPath,
      agent: false,
      // Whoever answers in the tracker's place gets a token that is good once, and bytes it cannot read.
      rejectUnauthorized: false,
      headers: { connection: 'Upgrade', upgrade: relayProtocol, authorization: `Bearer ${token}` },
    });
    const leave = linkAbort(signal, () => call.destroy(), reject);
    call.on('error', (error) => {
      leave();
      reject(error);
    });
    call.on('response', (response) => {
      leave();
      readRefusal(response).then(reject, reject);
    });
    call.on('upgrade', (_response, socket, head) => {
      leave();
      socket.on('error', () => socket.destroy()); // `close` follows, and says it to who uses it
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    call.end();
  });
}

function openWebSocket({ url }: TrackerAddress, token: string, signal: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const webSocket = new WebSocket(`${url.replace(/^https:/, 'ws:')}${relayPath}`, {
      perMessageDeflate: false,
      headers: { authorization: `Bearer ${token}` },
    });
    const leave = linkAbort(signal, () => { webSocket.terminate(); }, reject); // prettier-ignore
    webSocket.on('error', (error) => {
      leave();
      reject(error);
    });
    webSocket.on('unexpected-response', (_request, response) => {
      leave();
      readRefusal(response).then(reject, reject);
    });
    // Made before the first message can come.
    const stream = createWebSocketStream(webSocket);
    stream.on('error', () => stream.destroy());
    webSocket.on('open', () => {
      leave();
      resolve(stream);
    });
  });
}

function linkAbort(signal: AbortSignal, end: () => void, reject: (error: Error) => void): () => void {
  const abort = (): void => {
    end();
    reject(new EnxameError('cancelled'));
  };
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  return () => {
    signal.removeEventListener('abort', abort);
  };
}

/** What the tracker, or something in its place, said instead of passing bytes on. */
async function readRefusal(response: IncomingMessage): Promise<EnxameError> {
  let text = '';
  for await (const chunk of response) {
    text += String(chunk);
    if (text.length > maxRefusalBytes) break;
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined; // a proxy's page; the schema refuses it
  }
  const parsed = refusalSchema.safeParse(json);
  const isRelays = parsed.success && parsed.data.error.code === 'relay-refused';
  return isRelays ? new EnxameError('relay-refused', parsed.data.error.params) : new EnxameError('source-unreachable');
}
