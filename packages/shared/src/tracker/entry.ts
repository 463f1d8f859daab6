import { z } from 'zod';
import { toSafeFileName } from '../content/file-name.js';
import { maxContentBytes } from '../content/piece-size.js';
import { contentIdSchema, entryIdSchema, sha256Schema, userIdSchema } from '../ids.js';

/** A file name as it travels: already safe, so that a hostile one is refused at the first door. */
export const fileNameSchema = z
  .string()
  .min(1)
  .max(255)
  .refine((name) => toSafeFileName(name) === name);

/** No folder of a person has more files; a collection with more is refused before it is read. */
export const maxCollectionFiles = 1_000_000;

/** What an entry says of the collection behind it. */
export const collectionSummarySchema = z.strictObject({
  files: z.int().min(0).max(maxCollectionFiles),
  /** The size of the collection's own document: what the manifest of the entry's contentId must say (C8). */
  documentBytes: z.int().min(0).max(maxContentBytes),
});
export type CollectionSummary = z.infer<typeof collectionSummarySchema>;

/** People whom one entry may be for: a class, a club. The tracker keeps the list beside the entry. */
export const maxAudience = 100;
/** The people, besides the owner, whom an entry is for. Of nobody: only links and codes lead to it. (T140) */
export const audienceSchema = z.array(userIdSchema).max(maxAudience);
export type Audience = z.infer<typeof audienceSchema>;

/** What a device announces: a content under a name. */
export const announcedEntrySchema = z.strictObject({
  id: entryIdSchema,
  contentId: contentIdSchema,
  name: fileNameSchema,
  /** Of a folder: the bytes of all its files. */
  size: z.int().min(0).max(maxContentBytes),
  /** Set when the content is a collection (a folder). */
  collection: collectionSummarySchema.optional(),
  /** Null until it has been computed; announced again when it is ready. */
  sha256: sha256Schema.nullable(),
  /** When the owner added it, milliseconds since 1970. */
  addedAt: z.int().min(0),
  /** Absent: everybody in the network may know of it. */
  audience: audienceSchema.optional(),
});
export type AnnouncedEntry = z.infer<typeof announcedEntrySchema>;

export const personRefSchema = z.object({ id: userIdSchema, name: z.string(), online: z.boolean() });

/** How many of those who share a content a row names: 200 rows of them stay far below the largest message. */
export const maxOwnersShown = 8;

/** One of those who share a content, and what it is called there. */
export const contentOwnerSchema = personRefSchema.extend({ entryId: entryIdSchema, entryName: z.string() });
export type ContentOwner = z.infer<typeof contentOwnerSchema>;

/** A line of the catalogue as people see it. */
export const catalogueRowSchema = announcedEntrySchema.omit({ audience: true }).extend({
  /** It is for some people only, and who reads this is one of them, or its owner. Who the others are is the owner's. (T141) */
  restricted: z.literal(true).optional(),
  owner: personRefSchema,
  /** How many devices can serve it now. */
  sources: z.int().min(0),
  /** Of a row for a content: how many people share it; the entry of the row is the one that fits best. (T70) */
  owners: z.int().min(1).optional(),
  /** Some of them, the row's own first, then those online. */
  ownedBy: z.array(contentOwnerSchema).min(1).max(maxOwnersShown).optional(),
});
export type CatalogueRow = z.infer<typeof catalogueRowSchema>;
