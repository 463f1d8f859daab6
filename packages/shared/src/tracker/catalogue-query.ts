import { z } from 'zod';
import { contentTypes } from '../content/content-type.js';
import { entryIdSchema, userIdSchema } from '../ids.js';
import { catalogueRowSchema } from './entry.js';

/** A screen shows some 30 rows; this leaves room for scrolling ahead and for `ls`. */
export const maxWindowRows = 200;
/** Longer than a file name never needs searching. */
export const maxSearchChars = 255;

/** `relevance`: how well an entry fits the words, then how many can serve it now. */
export const sortColumns = ['name', 'size', 'owner', 'addedAt', 'sources', 'relevance'] as const;
export type SortColumn = (typeof sortColumns)[number];

/** As many as a person can block. */
const maxExceptPeople = 200;

export const rowGroups = ['entry', 'content'] as const;

export const catalogueQuerySchema = z.strictObject({
  /** Beginnings of words of the name or of the owner's name, in any order, without case and accents; or a hash. (T10, T32) */
  text: z.string().max(maxSearchChars).default(''),
  owner: userIdSchema.optional(),
  /** Whose entries are left out: people whom the one who asks does not want to see. (T145) */
  except: z.array(userIdSchema).max(maxExceptPeople).optional(),
  /** Only what somebody can serve now. */
  available: z.boolean().default(false),
  minBytes: z.int().min(0).optional(),
  maxBytes: z.int().min(0).optional(),
  type: z.enum(contentTypes).optional(),
  /** Milliseconds since 1970, both included. */
  addedAfter: z.int().min(0).optional(),
  addedBefore: z.int().min(0).optional(),
  sort: z.enum(sortColumns).default('addedAt'),
  descending: z.boolean().default(true),
  /** `content`: one row for each content, with those who share it; otherwise one for each entry. (T70) */
  group: z.enum(rowGroups).optional(),
});
export type CatalogueQuery = z.infer<typeof catalogueQuerySchema>;

export const windowSchema = z.strictObject({
  offset: z.int().min(0).max(10_000_000),
  limit: z.int().min(1).max(maxWindowRows),
});
export type Window = z.infer<typeof windowSchema>;

/** Where a page ended: the tracker's own writing, good for the same query for as long as anybody keeps it. (T71) */
export const cursorSchema = z.string().min(1).max(1000);

/** One window of a query's result. */
export const cataloguePageSchema = z.object({
  total: z.int().min(0),
  rows: z.array(catalogueRowSchema),
  /** Of a list: what to ask with for the rows after these; null when there are none. */
  next: cursorSchema.nullable().optional(),
});
export type CataloguePage = z.infer<typeof cataloguePageSchema>;

/**
 * What changed in a watched window since the last message: rows that are new or different, and, only if it is another
 * one than before, the order of all rows of the window. A row that the order no longer names has left the window.
 */
export const windowDiffSchema = z.object({
  total: z.int().min(0),
  upserted: z.array(catalogueRowSchema),
  order: z.array(entryIdSchema).optional(),
});
export type WindowDiff = z.infer<typeof windowDiffSchema>;
