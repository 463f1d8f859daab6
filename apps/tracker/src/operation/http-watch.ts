import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';

/** HTTP requests under way, of all servers that are watched. Each is told of when it has ended, however it did. */
export interface HttpWatch {
  readonly underWay: number;
  watch(server: Server | HttpsServer): void;
}

/** What Express puts on a request when a route took it. */
interface Routed {
  readonly route?: { readonly path?: unknown };
  readonly baseUrl?: string;
}

export function createHttpWatch(onEnd: (route: string, status: number, seconds: number) => void): HttpWatch {
  const open = new Set<ServerResponse>();

  function handleRequest(request: IncomingMessage, response: ServerResponse): void {
    const startedAt = performance.now();
    open.add(response);
    response.once('close', () => {
      open.delete(response);
      onEnd(routeOf(request), response.statusCode, (performance.now() - startedAt) / 1000);
    });
  }
  return {
    get underWay() {
      return open.size;
    },
    watch: (server) => {
      server.prependListener('request', handleRequest);
    },
  };
}

/** The pattern, never the path: paths hold ids, and there is no end of them. */
function routeOf(request: IncomingMessage & Routed): string {
  const path = request.route?.path;
  return typeof path === 'string' ? `${request.baseUrl ?? ''}${path}` : 'none';
}
