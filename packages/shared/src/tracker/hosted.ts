import { z } from 'zod';
import { maxContentBytes } from '../content/piece-size.js';
import { errorInfoSchema } from '../errors/enxame-error.js';
import { contentIdSchema, sha256Schema, userIdSchema } from '../ids.js';
import type { RequestTable } from '../messages/request-table.js';
import { collectionSummarySchema, fileNameSchema } from './entry.js';

const empty = z.strictObject({});
/** Two years: whoever wants a copy longer says so again. */
export const maxHostedLifeMs = 2 * 366 * 86_400_000;
export const maxHostedShown = 1000;

/** `fetching`: the tracker takes the content from its sources; `waiting`: none is there now, it goes on by itself. */
export const hostedStates = ['waiting', 'fetching', 'here', 'failed'] as const;

/** A copy of a content that the tracker keeps. One for each content, however many people asked for it. */
export const hostedCopySchema = z.object({
  contentId: contentIdSchema,
  sha256: sha256Schema.nullable(),
  name: z.string(),
  /** Of a folder: the bytes of all its files. */
  size: z.int().min(0).max(maxContentBytes),
  collection: collectionSummarySchema.optional(),
  state: z.enum(hostedStates),
  /** Verified and on the tracker's disk. */
  bytesHere: z.int().min(0),
  /** Why it failed. */
  error: errorInfoSchema.nullable(),
  /** Kept for its own sake, or only as long as nothing else needs the room. */
  isCache: z.boolean(),
  /** Who asked for it; empty for a cache. */
  holders: z.array(z.object({ id: userIdSchema, name: z.string() })),
  /** Milliseconds since 1970. */
  addedAt: z.int(),
  /** Null: until its holders drop it. */
  expiresAt: z.int().nullable(),
});
export type HostedCopy = z.infer<typeof hostedCopySchema>;

/** What the hosted copies of a person take, and may take, in bytes. */
export const hostedRoomSchema = z.object({ usedBytes: z.int().min(0), quotaBytes: z.int().min(0) });

export const hostedRequests = {
  /**
   * Keeps a copy of a content on the tracker: it is fetched from its sources, as any download is. Again: the same copy.
   * Throws `content-not-found`, `quota-exceeded`.
   */
  'hosted:keep': {
    payload: z.strictObject({
      contentId: contentIdSchema,
      name: fileNameSchema,
      lifeMs: z.int().min(60_000).max(maxHostedLifeMs).nullable().default(null),
    }),
    reply: hostedCopySchema,
  },
  /** The copies that this person holds, newest first, and from then on `hosted:changed`. */
  'hosted:watch': {
    payload: empty,
    reply: z.object({ copies: z.array(hostedCopySchema).max(maxHostedShown), room: hostedRoomSchema }),
  },
  /** This person no longer needs the copy; the last one takes it away. What is not there is passed over. */
  'hosted:drop': { payload: z.strictObject({ contentId: contentIdSchema }), reply: empty },
} as const satisfies RequestTable;

export const hostedChangedSchema = z.object({
  upserted: z.array(hostedCopySchema).max(maxHostedShown),
  removed: z.array(contentIdSchema).max(maxHostedShown),
  room: hostedRoomSchema,
});
