import { z } from 'zod';
import { errorInfoSchema } from '../errors/enxame-error.js';
import { contentIdSchema, deviceIdSchema, sha256Schema, transferIdSchema, userIdSchema } from '../ids.js';
import { receiptSchema } from '../peer/receipt.js';

export const maxHistoryPage = 200;

/** One transfer that came to an end, in either direction. Kept until the person removes it. */
export const historyRecordSchema = z.object({
  id: transferIdSchema,
  direction: z.enum(['receive', 'send']),
  /**
   * `verified`: received here, every piece verified. `arrived`: received here by a code from another program, which has no
   * pieces to verify: sealed under the code, whole, in order. `received`: sent, and the receiver's receipt is here. `sent`: sent, and
   * nothing was confirmed. `failed`: ended by `error`. `cancelled`: removed by the person.
   */
  result: z.enum(['verified', 'arrived', 'received', 'sent', 'failed', 'cancelled']),
  /** Null of what came from, or went to, another program. */
  contentId: contentIdSchema.nullable(),
  name: z.string(),
  size: z.int().min(0),
  /** How many files, for a folder. */
  files: z.int().min(0).nullable(),
  personName: z.string(),
  /** Sending: who took it. */
  deviceId: deviceIdSchema.nullable(),
  userId: userIdSchema.nullable(),
  startedAt: z.int(),
  finishedAt: z.int(),
  bytesMoved: z.int().min(0),
  path: z.string().nullable(),
  sha256: sha256Schema.nullable(),
  receipt: receiptSchema.nullable(),
  error: errorInfoSchema.nullable(),
});
export type HistoryRecord = z.infer<typeof historyRecordSchema>;

export const historyQuerySchema = z.strictObject({
  /** Words in any order, each a part of the name, the person's name or the result; case and accents do not count. */
  text: z.string().max(255).default(''),
  direction: z.enum(['receive', 'send']).optional(),
  offset: z.int().min(0).max(10_000_000).default(0),
  limit: z.int().min(1).max(maxHistoryPage).default(50),
});
export type HistoryQuery = z.infer<typeof historyQuerySchema>;

/** Newest first. */
export const historyPageSchema = z.object({ total: z.int().min(0), records: z.array(historyRecordSchema) });
export type HistoryPage = z.infer<typeof historyPageSchema>;
