import { z } from 'zod';
import { transferIdSchema } from '../ids.js';
import type { RequestTable } from '../messages/request-table.js';
import { historyPageSchema, historyQuerySchema } from './history.js';

/** A call's frame must stay small; who wants to remove more asks again, or removes all. */
export const maxHistoryRemovals = 1000;

/** What was sent and received. */
export const historyCalls = {
  'history:list': { payload: historyQuerySchema, reply: historyPageSchema },
  /**
   * Writes what matches to a new file: JSON lines, one record each, or CSV with a heading. The path is absolute, its
   * folder there, and nothing may have the name yet (`path-not-a-file`). Throws what the disk says.
   */
  'history:export': {
    payload: historyQuerySchema.pick({ text: true, direction: true }).extend({
      path: z.string().min(1).max(4096),
      format: z.enum(['jsonl', 'csv']),
    }),
    reply: z.object({ path: z.string(), records: z.int().min(0) }),
  },
  /** Forgets records; files and transfers stay. Without ids: all of them. What is not there is passed over. */
  'history:remove': {
    payload: z.strictObject({ ids: z.array(transferIdSchema).max(maxHistoryRemovals).optional() }),
    reply: z.object({ removed: z.int().min(0) }),
  },
} as const satisfies RequestTable;
