import type { Announcements } from '../admin/announcements.js';
import type { Removals } from '../admin/removals.js';
import { callerOf, type ApiHandlers } from './api-handlers.js';

export interface NoticeRouteDeps {
  readonly announcements: Pick<Announcements, 'list'>;
  readonly removals: Pick<Removals, 'untold' | 'dismiss'>;
}

/** What administrators tell people, for who has no device that it is pushed to. */
export function createNoticeRoutes({
  announcements,
  removals,
}: NoticeRouteDeps): ApiHandlers<'announcements' | 'removals' | 'dismissRemovals'> {
  return {
    announcements: () => ({ announcements: announcements.list() }),
    removals: (_input, call) => ({ removals: removals.untold(callerOf(call).user.id) }),
    dismissRemovals: async ({ body: { ids } }, call) => {
      await removals.dismiss(callerOf(call).user.id, ids);
      return {};
    },
  };
}
