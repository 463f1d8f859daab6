import { z } from 'zod';
import type { RequestTable } from '../messages/request-table.js';
import { catalogueQuerySchema } from './catalogue-query.js';
import { catalogueRowSchema } from './entry.js';

const empty = z.strictObject({});
/** Of one person: each new entry is looked at for all of them. */
export const maxSavedSearches = 50;
export const maxSearchNameChars = 100;
/** The latest of what a search found; the count says how many there were. */
export const maxFoundShown = 20;

/** 16 random bytes, base64url. */
export const savedSearchIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{22}$/)
  .brand<'SavedSearchId'>();
export type SavedSearchId = z.infer<typeof savedSearchIdSchema>;

/** A search that tells when something new matches. (docs/spec/tracker-protocol.md, T72) */
export const savedSearchSchema = z.object({
  id: savedSearchIdSchema,
  name: z.string(),
  query: catalogueQuerySchema,
  /** Milliseconds since 1970. */
  savedAt: z.int(),
  /** Entries that came since somebody looked. */
  unseen: z.int().min(0),
  /** The latest of them that are still there, the newest first. */
  found: z.array(catalogueRowSchema).max(maxFoundShown),
});
export type SavedSearch = z.infer<typeof savedSearchSchema>;

/** The searches of the session's person, on all their devices. */
export const searchRequests = {
  /**
   * Durable when answered. The same query again only changes its name. Throws `bad-request` without words, hash and
   * owner, `too-large` past `maxSavedSearches`.
   */
  'search:save': {
    payload: z.strictObject({ name: z.string().trim().min(1).max(maxSearchNameChars), query: catalogueQuerySchema }),
    reply: savedSearchSchema,
  },
  'search:list': { payload: empty, reply: z.object({ searches: z.array(savedSearchSchema).max(maxSavedSearches) }) },
  /** What was found is old news. Of a search that is not there: nothing. */
  'search:seen': { payload: z.strictObject({ id: savedSearchIdSchema }), reply: empty },
  /** Durable when answered. Of a search that is not there: nothing. */
  'search:forget': { payload: z.strictObject({ id: savedSearchIdSchema }), reply: empty },
} as const satisfies RequestTable;
