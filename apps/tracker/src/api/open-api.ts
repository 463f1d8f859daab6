import { createPublicKey } from 'node:crypto';
import { join } from 'node:path';
import type { LinkId, LinkPage } from '@enxame/shared/tracker/link';
import type { Stats } from '@enxame/shared/tracker/stats';
import type { OnBroken } from '@enxame/storage/json-document';
import { Router, type RequestHandler } from 'express';
import type { AdminActions } from '../admin/admin-actions.js';
import type { Closer } from '../closer.js';
import type { Clock } from '../domain/clock.js';
import type { Links } from '../domain/links.js';
import type { HostedQuotas } from '../domain/hosted-room.js';
import type { Network } from '../domain/network.js';
import type { Paths } from '../domain/paths.js';
import { createTokens, storedTokenSchema, type Tokens } from '../domain/tokens.js';
import { createWebSessions, type WebSessions } from '../domain/web-sessions.js';
import { createHostedSource } from '../hosted/hosted-source.js';
import { openHosting } from '../hosted/open-hosting.js';
import type { Hosting } from '../hosted/hosting.js';
import type { Legs } from '../hosted/legs.js';
import { openLinks } from '../hosted/open-links.js';
import type { TrackerLimits } from '../limits.js';
import type { TrackerIdentity } from '../store/tracker-identity.js';
import type { HostedHandlerDeps } from '../socket/hosted-handlers.js';
import { createRateLimit } from '../socket/rate-limits.js';
import { createAdminRoutes } from './admin-routes.js';
import { createApiRouter } from './api-router.js';
import { findCaller, type CallerDeps } from './callers.js';
import { createCatalogueRoutes } from './catalogue-routes.js';
import { createContentRoutes, type SentContent } from './content-routes.js';
import { createHostedRoutes } from './hosted-routes.js';
import { createLinkRoutes } from './link-routes.js';
import { createSessionRoutes, type SessionRouteDeps } from './session-routes.js';
import { createNoticeRoutes, type NoticeRouteDeps } from './notice-routes.js';
import { createSearchRoutes } from './search-routes.js';
import { createTokenRoutes } from './token-routes.js';
import { openRecords } from '../store/open-records.js';

export interface ApiDeps
  extends
    Pick<CallerDeps, 'catalogueAccess'>,
    Pick<SessionRouteDeps, 'register' | 'isAdmin' | 'checkMember'>,
    NoticeRouteDeps {
  readonly dataFolder: string;
  readonly identity: TrackerIdentity;
  /** Of the network. */
  readonly name: string;
  readonly network: Network;
  readonly paths: Paths;
  /** Where people reach the tracker, without a slash at its end. */
  readonly publicUrl: string | undefined;
  readonly clock: Clock;
  readonly randomBytes: (bytes: number) => Uint8Array;
  readonly limits: TrackerLimits;
  readonly quotas: HostedQuotas;
  readonly adminActions: AdminActions;
  readonly stats: () => Stats | Promise<Stats>;
  /** A content went out, or a part of it. */
  readonly onSent: (sent: SentContent) => void;
  /** The built `upload-worker.js`; for tests, which run the sources. */
  readonly uploadWorkerUrl?: URL | undefined;
  /** The same of the engine's `hash-worker.js`. */
  readonly hashWorkerUrl?: URL | undefined;
  readonly onBroken: OnBroken;
  readonly onLateFailure: (error: unknown) => void;
}

/** The HTTP API and what it keeps. */
export interface Api {
  readonly router: RequestHandler;
  readonly tokens: Tokens;
  readonly webSessions: WebSessions;
  /** Whether a request with this header is that of an administrator. Throws as `findCaller`. */
  readonly isAdminToken: (authorization: string | undefined) => boolean;
  readonly hosting: Hosting;
  readonly links: Links;
  readonly legs: Legs;
  /** What the sessions of devices can ask for of the same. */
  readonly forDevices: HostedHandlerDeps;
  /** What anybody sees of a link before its password. Throws `link-ended`. */
  readonly readLink: (id: LinkId) => LinkPage;
}

/** Opens what the HTTP API keeps below the data folder. `closer` gets what closes it. */
export async function openApi(deps: ApiDeps, closer: Closer): Promise<Api> {
  const { clock, network, limits, randomBytes, onLateFailure, isAdmin, checkMember } = deps;
  const { trackerId } = deps.identity;
  const { users } = network;
  const records = await openRecords(join(deps.dataFolder, 'tokens.jsonl'), storedTokenSchema, deps.onBroken);
  closer.add(() => records.close());
  const opened = await openHosting(deps, closer);
  const { hosting, writers, contents, collections, legs, hostedWatches } = opened;
  const links = await openLinks({ ...deps, copies: hosting.copies, contents }, closer);
  const tokens = createTokens({ records, now: () => clock.now(), randomBytes, onLateFailure });
  const webSessions = createWebSessions({ clock, randomBytes });
  const perMinute = (points: number): ReturnType<typeof createRateLimit> => createRateLimit({ points, seconds: 60 });
  const callers = { tokens, webSessions, users, isAdmin, checkMember, catalogueAccess: deps.catalogueAccess };
  const router = createApiRouter({
    handlers: {
      ...createCatalogueRoutes({ catalogue: network.reading, people: network.people, stats: deps.stats }),
      ...createSessionRoutes({ trackerId, webSessions, users, register: deps.register, isAdmin, checkMember }),
      ...createTokenRoutes(tokens),
      ...createAdminRoutes(deps.adminActions),
      ...createNoticeRoutes(deps),
      ...createSearchRoutes(network),
      ...createHostedRoutes({ hosting, writers }),
      ...createContentRoutes({ contents, onSent: deps.onSent }),
      ...createLinkRoutes({
        ...links,
        contents,
        publicUrl: deps.publicUrl,
        onSent: deps.onSent,
        tries: {
          ofAddress: createRateLimit({ points: limits.passwordTriesPerHour, seconds: 3600 }),
          ofLink: createRateLimit({ points: limits.passwordTriesPerHour * 10, seconds: 3600 }),
        },
      }),
    },
    callers,
    limits: {
      requests: perMinute(limits.apiRequestsPerMinute),
      signIns: perMinute(limits.signInsPerMinute),
      uploads: perMinute(limits.uploadsPerMinute),
    },
  });
  const hostedSource = createHostedSource({
    copies: hosting.copies,
    files: hosting.files,
    collections,
    tracker: { trackerId, publicKey: createPublicKey(deps.identity.privateKey) },
    now: () => clock.now(),
    onSent: deps.onSent,
  });
  return {
    router: Router().use(hostedSource).use(router),
    tokens,
    webSessions,
    isAdminToken: (authorization) => findCaller(callers, authorization)?.scopes.has('admin') ?? false,
    hosting,
    legs,
    links: links.links,
    readLink: (id) => links.access.page(id, undefined),
    forDevices: {
      hosting,
      hostedWatches,
      links: links.links,
      linkTakes: links.takes,
      linkAccess: links.access,
      tokens,
      isAdmin,
      publicUrl: deps.publicUrl,
    },
  };
}
