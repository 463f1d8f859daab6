import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { EnxameError } from '@enxame/shared/errors/enxame-error';

/** How far "the next free one" is looked for before any free one will do. */
const nextPorts = 20;

/**
 * Listens at a port of this computer, or, unless it must be `exact`, at the next free one. Resolves with the port that it
 * became. Throws `port-taken`.
 */
export async function listenOnPort(server: Server, host: string, port: number, exact: boolean): Promise<number> {
  const last = exact || port === 0 ? port : Math.min(port + nextPorts, 65_535);
  for (let next = port; next <= last; next++) {
    if (await tryPort(server, host, next)) return (server.address() as AddressInfo).port;
  }
  if (exact) throw new EnxameError('port-taken', { port });
  return listenOnPort(server, host, 0, true);
}

async function tryPort(server: Server, host: string, port: number): Promise<boolean> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
    return true;
  } catch (error) {
    // EACCES: a port that the system keeps for others (below 1024, or reserved on Windows).
    if (['EADDRINUSE', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}
