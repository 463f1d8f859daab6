import { createServer, isIPv6, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { seenPath } from '@enxame/shared/tracker/path';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import { dialSocket } from './dial-socket.js';
import type { TrackerAddress } from '../../tracker/tracker-address.js';

/** Between two tries that were refused: the other side may not have been there yet, or its router said no for it. */
const againMs = 250;
const maxAnswerBytes = 4096;

/**
 * TCP simultaneous open. A connection to the tracker shows it the address that this side's router gives to a local port;
 * when the other side's is known, both dial each other from those ports: each SYN opens its own router for the other's.
 * Plain Node can do it because libuv sets SO_REUSEADDR on a port that is named, so that several connections leave
 * from one. Throws what went wrong last, `cancelled` with the signal. (docs/adr/0014, docs/spec/peer-protocol.md, P64)
 */
export async function punch(options: {
  readonly tracker: TrackerAddress;
  readonly token: string;
  /** Where the tracker saw the other side; resolves when both have been seen. */
  readonly met: Promise<DeviceAddress>;
  readonly signal: AbortSignal;
}): Promise<Socket> {
  const { tracker, token, met, signal } = options;
  const localPort = await findFreePort();
  const { host, port } = tracker;
  const shown = await dialSocket({ host, port, localPort }, signal);
  try {
    await showToTracker(shown, token, signal);
    const { host: otherHost, port: otherPort } = await untilAborted(met, signal);
    const family = isIPv6(otherHost) ? 6 : 4;
    for (;;) {
      try {
        return await dialSocket({ host: otherHost, port: otherPort, localPort, family }, signal);
      } catch (error) {
        if (signal.aborted) throw error;
        // Some systems give a port to one connection at a time; the router remembers it for a while all the same.
        if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') shown.destroy();
        await delay(againMs, undefined, { signal });
      }
    }
  } finally {
    shown.destroy();
  }
}

/** Free for now, and a port of one's own: one that the system picks by itself cannot be shared by a second connection. */
function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}

async function showToTracker(socket: Socket, token: string, signal: AbortSignal): Promise<void> {
  socket.write(`GET ${seenPath} HTTP/1.1\r\nhost: tracker\r\nauthorization: Bearer ${token}\r\n\r\n`);
  const answer = new Promise<string>((resolve, reject) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (text.includes('\r\n')) resolve(text);
      if (text.length > maxAnswerBytes) socket.destroy();
    });
    socket.once('close', () => {
      reject(new EnxameError('tracker-offline'));
    });
  });
  answer.catch(() => undefined); // a connection that closes later is no news
  if (!/^HTTP\/1\.1 200 /.test(await untilAborted(answer, signal))) throw new EnxameError('unauthorized');
}

function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(new EnxameError('cancelled'));
    };
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
    if (signal.aborted) abort();
  });
}
