import { contentIdSchema } from '@enxame/shared/ids';
import { collectionSummarySchema } from '@enxame/shared/tracker/entry';
import { z } from 'zod';

/** What is held so that receivers of a code can fetch it: a file where it is, or a folder under a key of the library. */
export const codeHoldSchema = z.object({
  contentId: contentIdSchema,
  size: z.int().min(0),
  /** Null of a file. */
  collection: collectionSummarySchema.nullable(),
  held: z.union([
    z.object({
      path: z.string(),
      /** It was held for a code already, by which it came. */ wasHeld: z.boolean().default(false),
    }),
    z.object({ key: z.string() }),
  ]),
});
export type CodeHold = z.infer<typeof codeHoldSchema>;
