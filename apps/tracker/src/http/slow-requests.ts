import type { Server, ServerOptions } from 'node:http';
import type { TrackerLimits } from '../limits.js';

/** How often Node looks for requests that take too long: what a limit may be exceeded by. */
const checkEveryMs = 1000;

/**
 * Ends requests whose headers do not arrive: each would hold a socket. Bodies have deadlines of their own, because an
 * upload may take hours.
 */
export function slowRequestOptions({ headersMs }: TrackerLimits): ServerOptions {
  return {
    headersTimeout: headersMs,
    requestTimeout: 0,
    connectionsCheckingInterval: Math.min(checkEveryMs, headersMs),
  };
}

/** Node begins to look when a server listens, and the servers of the one port never listen themselves. */
export function watchSlowRequests(server: Server): void {
  server.emit('listening');
}
