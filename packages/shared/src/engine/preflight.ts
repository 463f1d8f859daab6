import { z } from 'zod';
import { contentIdSchema, entryIdSchema } from '../ids.js';

/** How many names that will be changed are listed; the count is of all. */
export const maxRenamesShown = 100;

/** What fetching an entry into a folder would meet, told before the first byte. */
export const preflightSchema = z.object({
  contentId: contentIdSchema,
  entryId: entryIdSchema.nullable(),
  name: z.string(),
  /** Bytes in all, how many of them are on this computer already, and how many would be fetched. */
  size: z.int().min(0),
  bytesHere: z.int().min(0),
  bytesToFetch: z.int().min(0),
  /** Null for a single file. */
  files: z.int().min(0).nullable(),
  filesHere: z.int().min(0).nullable(),
  folder: z.string(),
  freeBytes: z.int().min(0),
  fits: z.boolean(),
  /** `same`: the very content is there under its name. `other`: something else has the name. */
  collision: z.enum(['none', 'same', 'other']),
  /** The name that it would get. */
  savedAs: z.string(),
  /** Names inside that this system cannot have, and what they become. */
  renames: z.object({
    count: z.int().min(0),
    shown: z.array(z.object({ from: z.string(), to: z.string() })).max(maxRenamesShown),
  }),
});
export type Preflight = z.infer<typeof preflightSchema>;
