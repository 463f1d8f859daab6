import { z } from 'zod';
import { errorInfoSchema } from '../errors/enxame-error.js';
import { contentIdSchema } from '../ids.js';

/** How many broken files are listed; the count is of all. */
export const maxBrokenShown = 1000;

/** A check of everything that this computer believes to have, hashed again. */
export const verifyStatusSchema = z.object({
  running: z.boolean(),
  startedAt: z.int().nullable(),
  finishedAt: z.int().nullable(),
  filesTotal: z.int().min(0),
  filesDone: z.int().min(0),
  bytesTotal: z.int().min(0),
  bytesDone: z.int().min(0),
  brokenCount: z.int().min(0),
  broken: z
    .array(z.object({ path: z.string(), contentId: contentIdSchema, error: errorInfoSchema }))
    .max(maxBrokenShown),
});
export type VerifyStatus = z.infer<typeof verifyStatusSchema>;
