import type { Handlers } from '@enxame/shared/messages/request-table';
import type { TrackerRequests } from '@enxame/shared/tracker/requests';
import { guardAdminActions } from '../admin/admin-access.js';
import { createCatalogueHandlers } from './catalogue-handlers.js';
import type { Connection } from './connection.js';
import type { HandlerDeps } from './handler-deps.js';
import { createHostedHandlers, type HostedHandlerDeps } from './hosted-handlers.js';
import { createLoginHandlers } from './login-handlers.js';
import { createNoticeHandlers } from './notice-handlers.js';
import { createSearchHandlers } from './search-handlers.js';
import { createPathHandlers, type PathHandlerDeps } from './path-handlers.js';
import { createReachHandlers, type ReachHandlerDeps } from './reach-handlers.js';

/** One handler for each request of the table: this is all that a device can reach. */
export function createHandlers(
  deps: HandlerDeps & PathHandlerDeps & ReachHandlerDeps & { readonly forDevices: HostedHandlerDeps },
): Handlers<TrackerRequests, Connection> {
  return {
    ...createLoginHandlers(deps),
    ...createCatalogueHandlers(deps),
    ...createPathHandlers(deps),
    ...createReachHandlers(deps),
    ...guardAdminActions(deps.adminActions, deps.administration),
    ...createNoticeHandlers(deps),
    ...deps.statsHandlers,
    ...deps.accountHandlers,
    ...createSearchHandlers(deps),
    ...createHostedHandlers(deps.forDevices),
  };
}
