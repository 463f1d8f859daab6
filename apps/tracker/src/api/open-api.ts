import { join } from 'node:path';
import type { TrackerId } from '@enxame/shared/ids';
import type { Stats } from '@enxame/shared/tracker/stats';
import { openJournal } from '@enxame/storage/journal';
import type { OnBroken } from '@enxame/storage/json-document';
import type { RequestHandler } from 'express';
import type { Closer } from '../closer.js';
import type { Clock } from '../domain/clock.js';
import type { Network } from '../domain/network.js';
import { createTokens, storedTokenSchema, type Tokens } from '../domain/tokens.js';
import { createWebSessions, type WebSessions } from '../domain/web-sessions.js';
import type { TrackerLimits } from '../limits.js';
import { createRateLimit } from '../socket/rate-limits.js';
import { createApiRouter } from './api-router.js';
import type { CallerDeps } from './callers.js';
import { createCatalogueRoutes } from './catalogue-routes.js';
import { createSessionRoutes, type SessionRouteDeps } from './session-routes.js';
import { createTokenRoutes } from './token-routes.js';

export interface ApiDeps
  extends Pick<CallerDeps, 'catalogueAccess'>, Pick<SessionRouteDeps, 'register' | 'isAdmin' | 'checkMember'> {
  readonly dataFolder: string;
  readonly trackerId: TrackerId;
  readonly network: Network;
  readonly clock: Clock;
  readonly randomBytes: (bytes: number) => Uint8Array;
  readonly limits: TrackerLimits;
  readonly stats: () => Stats | Promise<Stats>;
  readonly onBroken: OnBroken;
  readonly onLateFailure: (error: unknown) => void;
}

/** The HTTP API and what it keeps. */
export interface Api {
  readonly router: RequestHandler;
  readonly tokens: Tokens;
  readonly webSessions: WebSessions;
}

/** Opens what the HTTP API keeps below the data folder. `closer` gets what closes it. */
export async function openApi(deps: ApiDeps, closer: Closer): Promise<Api> {
  const { clock, network, limits, randomBytes, onLateFailure, isAdmin, checkMember, trackerId } = deps;
  const { users } = network;
  const records = await openJournal(join(deps.dataFolder, 'tokens.jsonl'), storedTokenSchema, deps.onBroken);
  closer.add(() => records.close());
  const tokens = createTokens({ records, now: () => clock.now(), randomBytes, onLateFailure });
  const webSessions = createWebSessions({ clock, randomBytes });
  const perMinute = (points: number): ReturnType<typeof createRateLimit> => createRateLimit({ points, seconds: 60 });
  const router = createApiRouter({
    handlers: {
      ...createCatalogueRoutes({ index: network.index, people: network.people, stats: deps.stats }),
      ...createSessionRoutes({ trackerId, webSessions, users, register: deps.register, isAdmin, checkMember }),
      ...createTokenRoutes(tokens),
    },
    callers: { tokens, webSessions, users, isAdmin, checkMember, catalogueAccess: deps.catalogueAccess },
    limits: {
      requests: perMinute(limits.apiRequestsPerMinute),
      signIns: perMinute(limits.signInsPerMinute),
      uploads: perMinute(limits.uploadsPerMinute),
    },
  });
  return { router, tokens, webSessions };
}
