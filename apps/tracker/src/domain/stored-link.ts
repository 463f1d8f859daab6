import { contentIdSchema, entryIdSchema, sha256Schema, userIdSchema } from '@enxame/shared/ids';
import { collectionSummarySchema } from '@enxame/shared/tracker/entry';
import { linkIdSchema, linkTakeSchema, type Link } from '@enxame/shared/tracker/link';
import { z } from 'zod';
import { storedPasswordSchema } from './link-password.js';

/** A link as it is kept. */
export const storedLinkSchema = z.object({
  id: linkIdSchema,
  userId: userIdSchema,
  /** Null: the link is to a hosted copy. */
  entryId: entryIdSchema.nullable(),
  contentId: contentIdSchema,
  sha256: sha256Schema.nullable(),
  name: z.string().min(1),
  size: z.int().min(0),
  collection: collectionSummarySchema.optional(),
  createdAt: z.int(),
  expiresAt: z.int().nullable(),
  maxDownloads: z.int().nullable(),
  downloads: z.int().min(0),
  password: storedPasswordSchema.nullable(),
});
export type StoredLink = z.infer<typeof storedLinkSchema>;

export const storedTakeSchema = linkTakeSchema.extend({
  linkId: linkIdSchema,
  /** The first of a link is 0. */
  number: z.int().min(0),
});
export type StoredTake = z.infer<typeof storedTakeSchema>;

/** `base`: where people reach the tracker, without a slash at its end. */
export function toLink(link: StoredLink, base: string): Link {
  const { id, contentId, name, size, createdAt, expiresAt, maxDownloads, downloads } = link;
  const isFolder = link.collection !== undefined;
  const hasPassword = link.password !== null;
  const url = `${base}/f/${id}`;
  return { id, url, contentId, name, size, isFolder, createdAt, expiresAt, maxDownloads, downloads, hasPassword };
}
