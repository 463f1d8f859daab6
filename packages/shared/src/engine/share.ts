import { z } from 'zod';
import { errorInfoSchema } from '../errors/enxame-error.js';
import { contentIdSchema, entryIdSchema, sha256Schema } from '../ids.js';
import { visibilitySchema } from './visibility.js';

export const shareStates = [
  /** Waiting for, or being read by, a hashing worker: no contentId yet. */
  'hashing',
  /** Served, and in the catalogue or on the way there. */
  'shared',
  /** The file is not what was shared (changed, gone, unreadable); not served. */
  'broken',
] as const;

/** A file or a folder that this device shares. */
export const shareSchema = z.object({
  id: entryIdSchema,
  path: z.string(),
  name: z.string(),
  /** Of a folder: the bytes of all its files. */
  size: z.int(),
  /** How many files are in a folder; null of a file. */
  files: z.int().min(0).nullable(),
  state: z.enum(shareStates),
  /** Null while hashing. */
  contentId: contentIdSchema.nullable(),
  /** Null until computed; it follows the contentId. A folder has none. */
  sha256: sha256Schema.nullable(),
  addedAt: z.int(),
  bytesHashed: z.int(),
  visibility: visibilitySchema,
  /** Whether the tracker in use has acknowledged it as it is now. */
  announced: z.boolean(),
  error: errorInfoSchema.nullable(),
});
export type Share = z.infer<typeof shareSchema>;
