import type { Socket } from 'node:net';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { reversePreface, type PathId } from '@enxame/shared/tracker/path';
import type { Prefaces } from '../peer-port.js';

/**
 * Devices that were asked to dial back, and do. Whoever comes proves by TLS who it is, as if it had been dialled: the
 * id of the path only says which search it belongs to. (docs/spec/peer-protocol.md, P61)
 */
export interface ReverseArrivals {
  readonly prefaces: Prefaces;
  /** Resolves with the first connection of this path. Throws `cancelled` with the signal. */
  expect(pathId: PathId, signal: AbortSignal): Promise<Socket>;
}

export function createReverseArrivals(): ReverseArrivals {
  const expected = new Map<string, (socket: Socket) => void>();
  return {
    prefaces: new Map([
      [
        reversePreface,
        (pathId: string, socket: Socket) => {
          const take = expected.get(pathId);
          if (take) take(socket);
          else socket.destroy();
        },
      ],
    ]),
    expect: (pathId, signal) =>
      new Promise((resolve, reject) => {
        const leave = (): void => {
          signal.removeEventListener('abort', abort);
          expected.delete(pathId);
        };
        const abort = (): void => {
          leave();
          reject(new EnxameError('cancelled'));
        };
        signal.addEventListener('abort', abort, { once: true });
        expected.set(pathId, (socket) => {
          leave();
          resolve(socket);
        });
        if (signal.aborted) abort();
      }),
  };
}
