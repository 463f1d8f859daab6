import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { operationRoutes } from '@enxame/shared/tracker/operation-routes';
import type { Express, Request } from 'express';
import { isLoopbackHost, normaliseHost } from '../domain/device-addresses.js';
import type { Metrics } from './metrics.js';
import type { Settings } from './setting-table.js';

/** When a tracker that drains is likely to be back. */
export const drainRetrySeconds = 5;
const { healthz, readyz, metrics } = operationRoutes;
const alwaysAnswered = new Set<string>([healthz, readyz, metrics].map(({ path }) => path));

export interface OperationDeps {
  /** Whether requests are served, and writes succeed. */
  readonly isReady: () => boolean;
  readonly isDraining: () => boolean;
  /** Throws `banned` for an address that is shut out. */
  readonly checkHost: (host: string) => void;
  readonly metrics: Metrics;
  readonly metricsAccess: Settings['metrics'];
  /** Whether the request carries what an administrator has. */
  readonly isAdmin: (request: Request) => boolean;
}

/** What watches the tracker asks of it; and while it drains, the only thing that is answered. (T80 to T83) */
export function addOperationRoutes(app: Express, deps: OperationDeps): void {
  app.use((request, response, next) => {
    if (alwaysAnswered.has(request.path)) {
      next();
      return;
    }
    if (!deps.isDraining()) {
      deps.checkHost(normaliseHost(request.ip ?? ''));
      next();
      return;
    }
    response.set({ 'retry-after': String(drainRetrySeconds), connection: 'close' });
    next(new EnxameError('tracker-draining'));
  });
  app.get(healthz.path, (_request, response) => {
    response.json(healthz.reply.parse({ ok: true }));
  });
  app.get(readyz.path, (_request, response) => {
    const ready = deps.isReady();
    response.status(ready ? 200 : 503).json(readyz.reply.parse({ ok: ready }));
  });
  app.get(metrics.path, async (request, response) => {
    if (!mayReadMetrics(request)) throw new EnxameError('not-found');
    const { contentType, text } = await deps.metrics.read();
    response.type(contentType).send(text);
  });

  function mayReadMetrics(request: Request): boolean {
    switch (deps.metricsAccess) {
      case 'off':
        return false;
      case 'admin':
        return deps.isAdmin(request);
      case 'loopback':
        return isFromHere(request);
    }
  }
}

/** A proxy on this computer passes on what comes from anywhere: what has its headers is not from here. */
function isFromHere({ socket, headers }: Request): boolean {
  const isForwarded = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'].some((name) => headers[name] !== undefined);
  return !isForwarded && isLoopbackHost(normaliseHost(socket.remoteAddress ?? ''));
}
