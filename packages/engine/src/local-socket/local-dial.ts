import { connect, type Socket } from 'node:net';
import type { Carrier } from '@enxame/shared/engine/carrier';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { createLineCarrier } from './line-carrier.js';
import { checkOwnerOnlyFolder } from './owner-only-folder.js';
import { localSocketDeps, socketAddress, type SocketAddressDeps } from './socket-address.js';

/** A process of this computer that does not take a connection in this time is stuck. */
const connectTimeoutMs = 5000;
/** No socket; a socket whose process died; a data folder that is not there. */
const nobodyCodes = new Set(['ENOENT', 'ENOTDIR', 'ECONNREFUSED']);

/**
 * A carrier to the engine that runs for a data folder; undefined when none runs. To be used in the turn that settles it.
 * Throws `timed-out`, and `data-folder-unwritable` when the socket is another user's.
 */
export async function dialLocalSocket(
  dataFolder: string,
  deps: SocketAddressDeps = localSocketDeps(),
): Promise<Carrier | undefined> {
  const { path, shortFolder } = await socketAddress(dataFolder, deps);
  try {
    if (shortFolder !== undefined) await checkOwnerOnlyFolder(shortFolder, deps.uid);
  } catch (error) {
    if (nobodyCodes.has((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
  const socket = await connectSocket(path);
  return socket && createLineCarrier(socket);
}

/** Undefined when nobody listens there. Throws `timed-out`, `data-folder-unwritable`. */
export function connectSocket(path: string): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    const timer = setTimeout(() => {
      socket.destroy(new EnxameError('timed-out'));
    }, connectTimeoutMs);
    const handleError = (error: NodeJS.ErrnoException): void => {
      clearTimeout(timer);
      if (nobodyCodes.has(error.code ?? '')) resolve(undefined);
      else if (error instanceof EnxameError) reject(error);
      else reject(new EnxameError('data-folder-unwritable', { folder: path }, { cause: error }));
    };
    socket.once('error', handleError);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.removeListener('error', handleError);
      resolve(socket);
    });
  });
}
