import type { Handlers } from '@enxame/shared/messages/request-table';
import type { searchRequests } from '@enxame/shared/tracker/saved-search';
import { sessionOf, type Connection } from './connection.js';
import type { HandlerDeps } from './handler-deps.js';

/** What a session can do with the searches of its person. */
export function createSearchHandlers({
  network,
}: Pick<HandlerDeps, 'network'>): Handlers<typeof searchRequests, Connection> {
  const { searches } = network;
  return {
    'search:save': ({ name, query }, connection) => searches.save(sessionOf(connection).user.id, name, query),
    'search:list': (_payload, connection) => ({ searches: searches.list(sessionOf(connection).user.id) }),
    'search:seen': ({ id }, connection) => {
      searches.seen(sessionOf(connection).user.id, id);
      return {};
    },
    'search:forget': async ({ id }, connection) => {
      await searches.forget(sessionOf(connection).user.id, id);
      return {};
    },
  };
}
