import type { TLSSocket } from 'node:tls';
import { EnxameError, toErrorInfo } from '@enxame/shared/errors/enxame-error';
import { toHttpStatus } from '@enxame/shared/errors/http-status';
import { helloPath, type Hello } from '@enxame/shared/tracker/hello';
import { seenPath } from '@enxame/shared/tracker/path';
import express, { type ErrorRequestHandler, type Express, type Response } from 'express';
import helmet from 'helmet';
import { readPathToken } from './path-token.js';

export interface AppDeps {
  /** `overTls`: whether the connection shows the tracker's certificate. */
  readonly hello: (overTls: boolean) => Hello;
  /** A device comes out of its router here. Throws `unauthorized`. */
  readonly seen: (token: string, remoteHost: string, remotePort: number) => void;
  /** Whether requests are served, and writes succeed. */
  readonly isReady: () => boolean;
  readonly onInternal: (error: unknown, path: string) => void;
}

/** The HTTP side of the tracker, the same over TLS and without. Every answer is JSON; errors are `{error: {code}}`. */
export function createApp(deps: AppDeps): Express {
  const app = express();
  app.set('etag', false);
  app.use(helmet());
  app.use((_request, response, next) => {
    response.set('cache-control', 'no-store');
    next();
  });
  app.get(helloPath, (request, response) => {
    response.json(deps.hello((request.socket as Partial<TLSSocket>).encrypted === true));
  });
  app.get(seenPath, (request, response) => {
    deps.seen(readPathToken(request), request.socket.remoteAddress ?? '', request.socket.remotePort ?? 0);
    response.json({ ok: true });
  });
  app.get('/healthz', (_request, response) => {
    response.json({ ok: true });
  });
  app.get('/readyz', (_request, response) => {
    const ready = deps.isReady();
    response.status(ready ? 200 : 503).json({ ok: ready });
  });
  app.use((_request, response) => {
    sendError(response, new EnxameError('not-found'));
  });
  const handleError: ErrorRequestHandler = (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    // Express marks what the request itself did wrong, such as a path that does not decode.
    const isTheirs = error instanceof Error && 'status' in error && error.status === 400;
    if (!isTheirs && !(error instanceof EnxameError)) deps.onInternal(error, request.path);
    sendError(response, isTheirs ? new EnxameError('bad-request') : error);
  };
  app.use(handleError);
  return app;
}

function sendError(response: Response, thrown: unknown): void {
  const error = toErrorInfo(thrown);
  response.status(toHttpStatus(error.code)).json({ error });
}
