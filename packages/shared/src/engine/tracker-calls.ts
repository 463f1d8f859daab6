import { z } from 'zod';
import { trackerIdSchema } from '../ids.js';
import type { RequestTable } from '../messages/request-table.js';

/** A tracker that this computer has used: its key is pinned. */
export const knownTrackerSchema = z.object({
  url: z.string(),
  trackerId: trackerIdSchema,
  name: z.string(),
  /** Its key as words that two people can compare. */
  words: z.string(),
  /** The name that this computer has there, if any. */
  registeredAs: z.string().nullable(),
  inUse: z.boolean(),
});
export type KnownTracker = z.infer<typeof knownTrackerSchema>;

export const trackerCalls = {
  'trackers:list': { payload: z.strictObject({}), reply: z.object({ trackers: z.array(knownTrackerSchema) }) },
  /** Its key is no longer pinned, and it is not offered any more. Throws `bad-request` for the one in use. */
  'tracker:forget': { payload: z.strictObject({ trackerId: trackerIdSchema }), reply: z.strictObject({}) },
} as const satisfies RequestTable;
