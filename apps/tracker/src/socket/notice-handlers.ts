import type { Handlers } from '@enxame/shared/messages/request-table';
import type { noticeRequests } from '@enxame/shared/tracker/admin';
import { sessionOf, type Connection } from './connection.js';
import type { HandlerDeps } from './handler-deps.js';

/** What administrators tell people. */
export function createNoticeHandlers(
  deps: Pick<HandlerDeps, 'announcements' | 'administration'>,
): Handlers<typeof noticeRequests, Connection> {
  return {
    'announcements:list': (_payload, connection) => {
      sessionOf(connection);
      return { announcements: deps.announcements.list() };
    },
    'removals:dismiss': async ({ ids }, connection) => {
      await deps.administration.removals.dismiss(sessionOf(connection).user.id, ids);
      return {};
    },
  };
}
