import type { adminRoutes } from '@enxame/shared/tracker/admin-routes';
import type { AdminActions } from '../admin/admin-actions.js';
import { callerOf, type ApiCall, type ApiHandlers } from './api-handlers.js';

/** Administration over HTTP: the table lets in only tokens with the scope `admin` of who is one (callers.ts). */
export function createAdminRoutes(actions: AdminActions): ApiHandlers<keyof typeof adminRoutes> {
  const routes = Object.entries(actions).map(([name, act]) => {
    const run = act as (payload: unknown, actor: { userId: string; name: string }) => unknown;
    return [
      name,
      ({ body }: { readonly body: unknown }, call: ApiCall): unknown => {
        const { user } = callerOf(call);
        return run(body, { userId: user.id, name: user.name });
      },
    ];
  });
  return Object.fromEntries(routes) as ApiHandlers<keyof typeof adminRoutes>;
}
