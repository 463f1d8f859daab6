import { z } from 'zod';
import { contentIdSchema, sha256Schema } from '@enxame/shared/ids';
import { maxInlinePieces } from './manifest-store.js';

/**
 * Why this device holds a file: the person shares it, fetched it, or sends or received it by a code. What is held for codes alone
 * is told to no tracker, and given to nobody who has only a tracker's ticket. (docs/spec/codes.md, W53)
 */
export const heldAs = ['share', 'download', 'code'] as const;
export type HeldAs = (typeof heldAs)[number];

/** A file that is known to hold a whole content, as long as its stamp stays what it was when it was hashed. */
export const contentRecordSchema = z.object({
  contentId: contentIdSchema,
  path: z.string(),
  size: z.int().min(0),
  mtimeMs: z.number(),
  sha256: sha256Schema.nullable(),
  heldAs: z.array(z.enum(heldAs)).min(1),
  /** Base64 of the piece hashes, or null when `manifests/<contentId>` has them. */
  pieceHashes: z
    .string()
    .max(Math.ceil((maxInlinePieces * 32) / 3) * 4)
    .nullable(),
  /** Its bytes were found to be others, though its stamp is what it was: never served, until the file is another. */
  damaged: z.literal(true).optional(),
});
export type ContentRecord = z.infer<typeof contentRecordSchema>;
