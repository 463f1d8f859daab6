import { audienceSchema, collectionSummarySchema, fileNameSchema } from '@enxame/shared/tracker/entry';
import { contentIdSchema, entryIdSchema, sha256Schema } from '@enxame/shared/ids';
import { z } from 'zod';

/** A share as it is kept: what was hashed, or null where hashing has not come to its end. */
export const shareRecordSchema = z.object({
  id: entryIdSchema,
  /** Of several paths that were shared together: the name of their share in the folder that holds them all. */
  path: z.string(),
  name: fileNameSchema,
  size: z.int().min(0),
  /** Of a folder; null of a file. */
  collection: collectionSummarySchema.nullable().default(null),
  /** The paths that were shared together; null of a file, and of a folder as it is. */
  chosen: z.array(z.string()).nullable().default(null),
  mtimeMs: z.number(),
  contentId: contentIdSchema.nullable(),
  sha256: sha256Schema.nullable(),
  addedAt: z.int().min(0),
  /** For whom it is; null: for everyone. */
  audience: audienceSchema.nullable().default(null),
});
export type ShareRecord = z.infer<typeof shareRecordSchema>;
