import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { apiRoutes, type ApiRouteName } from '@enxame/shared/tracker/api';
import type { ApiRoute } from '@enxame/shared/tracker/api-route';
import { operationRoutes } from '@enxame/shared/tracker/operation-routes';
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { normaliseHost } from '../domain/device-addresses.js';
import { toAddressGroup } from '../http/address-group.js';
import type { RateLimit } from '../socket/rate-limits.js';
import type { ApiCall, ApiHandlers } from './api-handlers.js';
import { checkAccess, findCaller, type CallerDeps } from './callers.js';
import { readDownloadCookie } from './download-cookie.js';
import { createOpenApi } from './openapi.js';
import { readJson } from './read-json.js';

/** The largest body is a link's options or a registration: some hundred bytes. */
const maxJsonBytes = 16 * 1024;

export interface ApiLimits {
  readonly requests: RateLimit;
  readonly signIns: RateLimit;
  readonly uploads: RateLimit;
}

const limitOf: Partial<Record<ApiRouteName, keyof ApiLimits>> = {
  challenge: 'signIns',
  register: 'signIns',
  signIn: 'signIns',
  openLink: 'signIns',
  upload: 'uploads',
};

/**
 * The HTTP API: each route of the table, parsed by its schemas, let in by its access, counted, and answered by its
 * handler. What is not in the table does not exist. Errors are thrown to the app. (docs/spec/http-api.md)
 */
export function createApiRouter(deps: {
  readonly handlers: ApiHandlers;
  readonly callers: CallerDeps;
  readonly limits: ApiLimits;
}): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const routes = Object.entries(apiRoutes) as [ApiRouteName, ApiRoute][];
  const openApi = createOpenApi({ ...operationRoutes, ...apiRoutes });
  router.get('/openapi.json', (_request, response) => {
    response.json(openApi);
  });

  async function answer(name: ApiRouteName, request: Request, response: Response): Promise<void> {
    const route: ApiRoute = apiRoutes[name];
    const remoteHost = normaliseHost(request.ip ?? '');
    const cookie = name === 'download' ? readDownloadCookie(request.headers.cookie) : undefined;
    const caller = findCaller(deps.callers, request.headers.authorization ?? cookie);
    await deps.limits[limitOf[name] ?? 'requests'].count(caller?.key ?? toAddressGroup(remoteHost));
    checkAccess(deps.callers, route.access, caller);
    const input = {
      params: parsePart(route.params, request.params, 'params'),
      query: parsePart(route.query, request.query, 'query'),
      body: route.body && parsePart(route.body, await readJson(request, maxJsonBytes), 'body'),
    };
    const call: ApiCall = { caller, request, response, remoteHost, signal: toSignal(response) };
    const handle = deps.handlers[name] as (input: unknown, call: ApiCall) => unknown;
    const reply = await handle(input, call);
    // Through its schema, so that nothing leaves that the contract does not name.
    if (route.reply instanceof z.ZodType && !response.writableEnded) response.json(route.reply.parse(reply));
  }

  for (const [name, { method, path }] of routes) {
    router[method](path, (request, response) => answer(name, request, response));
  }
  return router;
}

/** Says where it broke the schema, never what it held. */
function parsePart(schema: z.ZodType | undefined, value: unknown, part: string): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const path = [part, ...(parsed.error.issues[0]?.path ?? [])].map(String).join('.');
  throw new EnxameError('bad-request', { where: path.slice(0, 80) });
}

function toSignal(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}
