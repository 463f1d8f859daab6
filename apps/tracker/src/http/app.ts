import { EnxameError, toErrorInfo } from '@enxame/shared/errors/enxame-error';
import { toHttpStatus } from '@enxame/shared/errors/http-status';
import { helloPath, type Hello } from '@enxame/shared/tracker/hello';
import { seenPath } from '@enxame/shared/tracker/path';
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import helmet from 'helmet';
import { normaliseHost } from '../domain/device-addresses.js';
import type { ClientAddresses } from '../operation/client-addresses.js';
import { addOperationRoutes, type OperationDeps } from '../operation/operation-routes.js';
import { readPathToken } from './path-token.js';

export interface AppDeps {
  /** `shows`: whose certificate the connection shows to who asks. */
  readonly hello: (shows: 'tracker' | 'proxy' | 'none') => Hello;
  /** A device comes out of its router here. Throws `unauthorized`. */
  readonly seen: (token: string, remoteHost: string, remotePort: number) => void;
  /** The routes for programs and pages (api/). */
  readonly api: RequestHandler;
  /** What browsers are shown (pages/). */
  readonly pages: RequestHandler;
  readonly clients: ClientAddresses;
  readonly operation: OperationDeps;
  readonly onInternal: (error: unknown, path: string) => void;
}

/** The HTTP side of the tracker, the same over TLS and without. Every answer is JSON; errors are `{error: {code}}`. */
export function createApp(deps: AppDeps): Express {
  const app = express();
  app.set('etag', false);
  // From here on `request.ip` is who asks, whatever proxies stand between.
  app.set('trust proxy', (host: string) => deps.clients.isProxy(normaliseHost(host)));
  app.use(helmet());
  app.use((_request, response, next) => {
    response.set('cache-control', 'no-store');
    next();
  });
  addOperationRoutes(app, deps.operation);
  app.get(helloPath, (request, response) => {
    const { isProxied, isTls } = deps.clients.originOf(request);
    response.json(deps.hello(!isTls ? 'none' : isProxied ? 'proxy' : 'tracker'));
  });
  app.get(seenPath, (request, response) => {
    // Where a proxy's connection comes from says nothing of the device's router.
    if (deps.clients.originOf(request).isProxied) throw new EnxameError('not-supported');
    deps.seen(readPathToken(request), request.socket.remoteAddress ?? '', request.socket.remotePort ?? 0);
    response.json({ ok: true });
  });
  app.use(deps.pages);
  app.use(deps.api);
  app.use((request, response) => {
    sendError(request, response, new EnxameError('not-found'));
  });
  const handleError: ErrorRequestHandler = (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    // Express marks what the request itself did wrong, such as a path that does not decode.
    const isTheirs = error instanceof Error && 'status' in error && error.status === 400;
    if (!isTheirs && !(error instanceof EnxameError)) deps.onInternal(error, request.path);
    sendError(request, response, isTheirs ? new EnxameError('bad-request') : error);
  };
  app.use(handleError);
  return app;
}

/** How long who is refused may go on sending what nobody reads, so as to see the answer. */
const drainMs = 5000;

function sendError(request: Request, response: Response, thrown: unknown): void {
  const error = toErrorInfo(thrown);
  const retryAfterMs = error.params?.['retryAfterMs'];
  if (typeof retryAfterMs === 'number') response.set('retry-after', String(Math.ceil(retryAfterMs / 1000)));
  if (!request.complete) {
    response.set('connection', 'close');
    request.resume();
    const cut = setTimeout(() => response.destroy(), drainMs);
    response.once('close', () => {
      clearTimeout(cut);
    });
  }
  response.status(toHttpStatus(error.code)).json({ error });
}
