import type { Handlers } from '@enxame/shared/messages/request-table';
import type { TrackerRequests } from '@enxame/shared/tracker/requests';
import { checkScopes } from '../api/token-routes.js';
import { toLink } from '../domain/stored-link.js';
import type { LinkTakes } from '../domain/link-takes.js';
import type { Links } from '../domain/links.js';
import type { Tokens } from '../domain/tokens.js';
import type { UserId } from '@enxame/shared/ids';
import type { HostedWatches } from '../hosted/hosted-watches.js';
import type { Hosting } from '../hosted/hosting.js';
import type { LinkAccess } from '../hosted/link-access.js';
import { sessionOf, type Connection } from './connection.js';

export interface HostedHandlerDeps {
  readonly hosting: Hosting;
  readonly hostedWatches: HostedWatches;
  readonly links: Links;
  readonly linkTakes: LinkTakes;
  readonly linkAccess: LinkAccess;
  readonly tokens: Tokens;
  readonly isAdmin: (userId: UserId) => boolean;
  /** Without it links begin with the slash of their path: who asked knows where it reached the tracker. */
  readonly publicUrl: string | undefined;
}

type HostedRequests = Pick<
  TrackerRequests,
  | 'hosted:keep'
  | 'hosted:watch'
  | 'hosted:drop'
  | 'link:create'
  | 'links:list'
  | 'link:takes'
  | 'link:revoke'
  | 'token:create'
  | 'tokens:list'
  | 'token:revoke'
>;

/** Hosted copies, links and tokens of the person whose device asks. */
export function createHostedHandlers(deps: HostedHandlerDeps): Handlers<HostedRequests, Connection> {
  const { hosting, links, linkAccess, tokens, publicUrl = '' } = deps;
  const userOf = (connection: Connection) => sessionOf(connection).user;
  return {
    'hosted:keep': (payload, connection) => hosting.keep(userOf(connection), payload),
    'hosted:watch': (_payload, connection) => {
      deps.hostedWatches.watch(sessionOf(connection));
      return hosting.list(userOf(connection).id);
    },
    'hosted:drop': async ({ contentId }, connection) => {
      await hosting.copies.drop(userOf(connection).id, contentId);
      return {};
    },
    'link:create': async ({ target, ...options }, connection) => {
      const { id } = userOf(connection);
      return toLink(await links.create(id, linkAccess.targetOf(id, target), options), publicUrl);
    },
    'links:list': ({ after }, connection) => {
      const { links: list, total } = links.list(userOf(connection).id, after);
      return { links: list.map((link) => toLink(link, publicUrl)), total };
    },
    'link:takes': ({ id }, connection) => deps.linkTakes.list(links.own(userOf(connection).id, id).id),
    'link:revoke': async ({ id }, connection) => {
      await links.revoke(userOf(connection).id, id);
      return {};
    },
    'token:create': (options, connection) => {
      const { id } = userOf(connection);
      checkScopes(options.scopes, (scope) => scope !== 'admin' || deps.isAdmin(id));
      return tokens.create(id, options);
    },
    'tokens:list': (_payload, connection) => ({ tokens: tokens.list(userOf(connection).id) }),
    'token:revoke': async ({ id }, connection) => {
      await tokens.revoke(userOf(connection).id, id);
      return {};
    },
  };
}
