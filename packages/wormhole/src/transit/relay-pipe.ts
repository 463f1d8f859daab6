import { connect, type Socket } from 'node:net';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { DirectHint } from './hints.js';

const relayOk = Buffer.from('ok\n');

/**
 * One side of a raw pipe through a transit relay, once both sides are there. `token`: 32 bytes in hex, known to the two alone.
 * Throws `relay-refused`, `source-unreachable`, `cancelled` with the signal.
 */
export async function openRelayPipe(options: {
  readonly relays: readonly DirectHint[];
  readonly token: string;
  /** Tells our own connections to a relay apart from the other side's. */
  readonly side: string;
  readonly signal: AbortSignal;
}): Promise<Socket> {
  const { relays, signal } = options;
  const race = new AbortController();
  const stop = AbortSignal.any([race.signal, signal]);
  try {
    const socket = await Promise.any(relays.map((relay) => enter(relay, options, stop)));
    return socket;
  } catch (error) {
    if (signal.aborted) throw new EnxameError('cancelled');
    const isRefused = error instanceof AggregateError && error.errors.some((each) => each instanceof EnxameError);
    throw new EnxameError(isRefused ? 'relay-refused' : 'source-unreachable', undefined, { cause: error });
  } finally {
    race.abort();
  }
}

function enter(
  { hostname, port }: DirectHint,
  { token, side }: { readonly token: string; readonly side: string },
  signal: AbortSignal,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port, noDelay: true });
    const leave = (): void => {
      signal.removeEventListener('abort', abort);
      socket.off('readable', read);
      socket.off('error', fail);
      socket.off('close', fail);
    };
    const fail = (error?: unknown): void => {
      leave();
      socket.destroy();
      reject(error instanceof Error ? error : new Error('the relay hung up'));
    };
    const abort = (): void => {
      fail(new Error('aborted'));
    };
    const read = (): void => {
      // What follows the word is the other side's, and stays in the socket.
      const word = socket.read(relayOk.length) as Buffer | null;
      if (!word) return;
      if (!word.equals(relayOk)) {
        fail(new EnxameError('relay-refused'));
        return;
      }
      leave();
      socket.on('error', () => socket.destroy()); // `close` follows, and says it to who uses it
      resolve(socket);
    };
    socket.on('error', fail);
    socket.on('close', fail);
    socket.on('readable', read);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    else socket.write(`please relay ${token} for side ${side}\n`);
  });
}
