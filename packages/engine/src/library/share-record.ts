import { fileNameSchema } from '@enxame/shared/tracker/entry';
import { contentIdSchema, entryIdSchema, sha256Schema } from '@enxame/shared/ids';
import { z } from 'zod';

/** A share as it is kept: what was hashed, or null where hashing has not come to its end. */
export const shareRecordSchema = z.object({
  id: entryIdSchema,
  path: z.string(),
  name: fileNameSchema,
  size: z.int().min(0),
  mtimeMs: z.number(),
  contentId: contentIdSchema.nullable(),
  sha256: sha256Schema.nullable(),
  addedAt: z.int().min(0),
});
export type ShareRecord = z.infer<typeof shareRecordSchema>;
