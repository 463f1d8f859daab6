import { errorInfoSchema } from '@enxame/shared/errors/enxame-error';
import { contentIdSchema, entryIdSchema, sha256Schema, userIdSchema } from '@enxame/shared/ids';
import { collectionSummarySchema } from '@enxame/shared/tracker/entry';
import { z } from 'zod';

/** Somebody for whom the tracker keeps a copy. */
const holderSchema = z.object({
  userId: userIdSchema,
  /** The entry that the tracker has in this person's catalogue, because it was uploaded; null when it was only asked to keep it. */
  entryId: entryIdSchema.nullable(),
  addedAt: z.int(),
  /** Null: until dropped. */
  expiresAt: z.int().nullable(),
});
export type CopyHolder = z.infer<typeof holderSchema>;

/** A hosted copy as it is kept; `wanted` is one that is not here yet. */
export const storedCopySchema = z.object({
  contentId: contentIdSchema,
  sha256: sha256Schema.nullable(),
  name: z.string().min(1),
  size: z.int().min(0),
  collection: collectionSummarySchema.optional(),
  state: z.enum(['wanted', 'here', 'failed']),
  error: errorInfoSchema.nullable(),
  isCache: z.boolean(),
  holders: z.array(holderSchema),
  addedAt: z.int(),
  /** When it was last read, as far as it is known: it is not worth a write each time. */
  usedAt: z.int(),
});
export type StoredCopy = z.infer<typeof storedCopySchema>;
