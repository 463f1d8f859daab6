import type { Socket } from 'node:net';
import { reversePreface, type PathId } from '@enxame/shared/tracker/path';
import { createArrivals } from '../../waiting/arrivals.js';
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
  const sockets = createArrivals<string, Socket>();
  return {
    prefaces: new Map([
      [
        reversePreface,
        (pathId: string, socket: Socket) => {
          if (!sockets.arrive(pathId, socket)) socket.destroy();
        },
      ],
    ]),
    expect: sockets.expect,
  };
}
