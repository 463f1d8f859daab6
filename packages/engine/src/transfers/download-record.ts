import { errorInfoSchema } from '@enxame/shared/errors/enxame-error';
import { contentIdSchema, entryIdSchema, sha256Schema, transferIdSchema } from '@enxame/shared/ids';
import { z } from 'zod';

/** A download as it is remembered across restarts. How far it got is not in it: the part file is hashed again. */
export const downloadRecordSchema = z.object({
  id: transferIdSchema,
  contentId: contentIdSchema,
  entryId: entryIdSchema.nullable(),
  name: z.string(),
  /** As the catalogue said; the manifest has the last word. */
  size: z.int(),
  folder: z.string(),
  personName: z.string(),
  startedAt: z.int(),
  /** What the person wants, and where it ended. */
  intent: z.enum(['run', 'paused', 'failed', 'verified']),
  finishedAt: z.int().nullable(),
  path: z.string().nullable(),
  sha256: sha256Schema.nullable(),
  error: errorInfoSchema.nullable(),
});
export type DownloadRecord = z.infer<typeof downloadRecordSchema>;
