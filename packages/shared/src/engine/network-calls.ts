import { z } from 'zod';
import { accountRequests } from '../tracker/account.js';
import { adminRequests, noticeRequests } from '../tracker/admin.js';
import { statsRequests } from '../tracker/stats.js';
import type { RequestTable } from '../messages/request-table.js';

const pathSchema = z.string().min(1).max(4096);

/** The network as whoever runs it sees it, what it counted, and this person's place in it. Throw `tracker-offline`. */
export const networkCalls = {
  ...adminRequests,
  'announcements:list': noticeRequests['announcements:list'],
  'stats:read': statsRequests['stats:read'],
  /** Writes all that the tracker holds of this person to a new file, as JSON. Throws `path-exists`. */
  'account:export': {
    payload: z.strictObject({ path: pathSchema }),
    reply: z.object({ path: z.string(), records: z.int().min(0) }),
  },
  /** Everything of this person goes from the tracker. The name is typed again. */
  'account:leave': {
    payload: z.strictObject({ name: z.string().max(1000) }),
    reply: accountRequests['account:leave'].reply,
  },
} as const satisfies RequestTable;
