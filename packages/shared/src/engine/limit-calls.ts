import { z } from 'zod';
import { transferIdSchema } from '../ids.js';
import type { RequestTable } from '../messages/request-table.js';
import { limitsSchema, limitsStatusSchema, minBytesPerSecond } from './limits.js';
import { transferPriorities } from './transfer.js';

const empty = z.strictObject({});

/** How fast, and in which order: the calls about what this computer gives and takes. */
export const limitCalls = {
  'limits:get': { payload: empty, reply: limitsStatusSchema },
  /** What is left out stays. Durable when answered, and in force at once. */
  'limits:set': { payload: limitsSchema.partial().strict(), reply: limitsStatusSchema },
  /** A limit of one transfer's own, in either direction; null takes it away. A send keeps it while the engine runs. */
  'transfer:limit': {
    payload: z.strictObject({
      id: transferIdSchema,
      bytesPerSecond: z.int().min(minBytesPerSecond).max(Number.MAX_SAFE_INTEGER).nullable(),
    }),
    reply: empty,
  },
  /** Of the downloads that wait for a slot, those of a higher priority go first; what moves already goes on. */
  'transfer:prioritise': {
    payload: z.strictObject({ id: transferIdSchema, priority: z.enum(transferPriorities) }),
    reply: empty,
  },
  /** Puts a download right before another, with the other's priority; null: last of its own priority. */
  'transfer:move': {
    payload: z.strictObject({ id: transferIdSchema, before: transferIdSchema.nullable() }),
    reply: empty,
  },
} as const satisfies RequestTable;
