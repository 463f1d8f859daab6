import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { Handlers } from '@enxame/shared/messages/request-table';
import { sessionOf, type Connection } from '../socket/connection.js';
import type { AdminActions, AdminRequests } from './admin-actions.js';
import type { Administration } from './administration.js';

/** The one place that asks whether who asks over Socket.IO is an administrator. Others get `forbidden`. (T104) */
export function guardAdminActions(
  actions: AdminActions,
  administration: Pick<Administration, 'isAdmin'>,
): Handlers<AdminRequests, Connection> {
  const guarded = Object.entries(actions).map(([name, act]) => {
    const run = act as (payload: unknown, actor: { userId: string; name: string }) => unknown;
    return [
      name,
      (payload: unknown, connection: Connection): unknown => {
        const { user } = sessionOf(connection);
        if (!administration.isAdmin(user.id)) throw new EnxameError('forbidden');
        return run(payload, { userId: user.id, name: user.name });
      },
    ];
  });
  return Object.fromEntries(guarded) as Handlers<AdminRequests, Connection>;
}
