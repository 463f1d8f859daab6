import { z } from 'zod';
import { contentIdSchema, entryIdSchema, sha256Schema } from '../ids.js';
import type { RequestTable } from '../messages/request-table.js';

const empty = z.strictObject({});
export const maxLinksPerUser = 10_000;
export const maxLinksShown = 200;
/** The latest of them; the count says how many there were. */
export const maxTakesShown = 200;
export const maxLinkLifeMs = 10 * 366 * 86_400_000;
export const maxLinkPasswordChars = 200;

/** 16 random bytes, base64url: who has it can open the link; nobody finds it by trying. */
export const linkIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{22}$/)
  .brand<'LinkId'>();
export type LinkId = z.infer<typeof linkIdSchema>;

/** One download through a link. */
export const linkTakeSchema = z.object({
  /** Milliseconds since 1970. */
  at: z.int(),
  /** The name of a person who was signed in; null for anybody else. */
  who: z.string().nullable(),
  /** What the browser said that it is, shortened; never more about the person. */
  agent: z.string().max(80),
  bytes: z.int().min(0),
  /** Everything was sent, and verified before it was. */
  isComplete: z.boolean(),
});
export type LinkTake = z.infer<typeof linkTakeSchema>;

/** A link as its owner sees it. */
export const linkSchema = z.object({
  id: linkIdSchema,
  /** What to give away: an address of the tracker. */
  url: z.string(),
  contentId: contentIdSchema,
  name: z.string(),
  size: z.int().min(0),
  isFolder: z.boolean(),
  createdAt: z.int(),
  expiresAt: z.int().nullable(),
  maxDownloads: z.int().nullable(),
  downloads: z.int().min(0),
  hasPassword: z.boolean(),
});
export type Link = z.infer<typeof linkSchema>;

/** A link as anybody sees it who has its address. Of one with a password: only this much until it is opened. */
export const linkPageSchema = z.object({
  id: linkIdSchema,
  needsPassword: z.boolean(),
  expiresAt: z.int().nullable(),
  downloadsLeft: z.int().nullable(),
  /** Null while a password is needed. */
  content: z
    .object({
      name: z.string(),
      size: z.int().min(0),
      contentId: contentIdSchema,
      sha256: sha256Schema.nullable(),
      /** By its extension (content-type.ts). */
      type: z.string(),
      /** How many files a folder has; null for a file. */
      files: z.int().min(0).nullable(),
      owner: z.object({
        name: z.string(),
        online: z.boolean(),
        /** Milliseconds since 1970; null while online. */
        lastSeenAt: z.int().nullable(),
      }),
      /** `hosted`: the tracker has it. `online`: a source has it now. `offline`: neither; ask again later. */
      from: z.enum(['hosted', 'online', 'offline']),
    })
    .nullable(),
});
export type LinkPage = z.infer<typeof linkPageSchema>;

const linkOptions = {
  lifeMs: z.int().min(60_000).max(maxLinkLifeMs).nullable().default(null),
  maxDownloads: z.int().min(1).max(1_000_000).nullable().default(null),
  password: z.string().min(1).max(maxLinkPasswordChars).nullable().default(null),
};

export const linkRequests = {
  /** A link to an entry of this person, or to a hosted copy that the person holds. Throws `entry-not-found`, `entry-not-yours`, `catalogue-full`. */
  'link:create': {
    payload: z.strictObject({ target: z.union([entryIdSchema, contentIdSchema]), ...linkOptions }),
    reply: linkSchema,
  },
  /** This person's links, newest first; `after` is the last of the page before. */
  'links:list': {
    payload: z.strictObject({ after: linkIdSchema.optional() }),
    reply: z.object({ links: z.array(linkSchema).max(maxLinksShown), total: z.int().min(0) }),
  },
  /** Who took what and when, the latest first. Throws `link-ended`. */
  'link:takes': {
    payload: z.strictObject({ id: linkIdSchema }),
    reply: z.object({ takes: z.array(linkTakeSchema).max(maxTakesShown), total: z.int().min(0) }),
  },
  /** Ends it at once, for those too who are downloading. What is not there is passed over. */
  'link:revoke': { payload: z.strictObject({ id: linkIdSchema }), reply: empty },
} as const satisfies RequestTable;
