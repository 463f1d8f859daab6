import { z } from 'zod';
import { contentIdSchema, entryIdSchema, userIdSchema } from '../ids.js';
import type { RequestTable } from '../messages/request-table.js';
import { adminBans } from './admin-bans.js';

const empty = z.strictObject({});
/** A sentence or two; it is shown to the person whom it is about. */
export const maxReasonChars = 400;
export const maxAnnouncementChars = 2000;
export const maxInvitations = 1000;
/** The oldest is forgotten for the newest. */
export const maxRemovals = 100_000;
export const maxRemovalsShown = 200;
export const maxAuditShown = 200;
export const maxAnnouncementsShown = 20;
const maxLifeMs = 10 * 366 * 86_400_000;
const maxBytes = Number.MAX_SAFE_INTEGER;

export const reasonSchema = z.string().trim().max(maxReasonChars);
const nameSchema = z.string().min(1).max(1000);
const lifeMsSchema = z.int().min(60_000).max(maxLifeMs).nullable().default(null);
const personSchema = z.object({ id: userIdSchema, name: z.string() });

/** `invitation`: a code is needed. `closed`: nobody new. */
export const registrationModes = ['open', 'invitation', 'closed'] as const;

/** What administrators set while the tracker runs. */
export const adminSettingsSchema = z.strictObject({
  registration: z.enum(registrationModes),
  /** Who may read the catalogue over HTTP: anybody, or people of the network. */
  catalogue: z.enum(['public', 'members']),
  /** What the hosted copies of one person may take, unless the person has a quota of their own. */
  hostedBytesPerUser: z.int().min(0).max(maxBytes),
  /** What all hosted copies may take. */
  hostedBytesInAll: z.int().min(0).max(maxBytes),
  /** Of that, what copies may take that are kept for nobody, as long as nothing else needs the room; 0 keeps none. */
  hostedBytesForCache: z.int().min(0).max(maxBytes),
  /** How long nobody else may take the name of a person who left. */
  nameBlockedDays: z.int().min(0).max(3650),
});
export type AdminSettings = z.infer<typeof adminSettingsSchema>;

export const invitationSchema = z.object({
  /** Unguessable; who has it may register. */
  code: z.string().max(100),
  note: z.string(),
  uses: z.int().min(0),
  usesLeft: z.int().min(0),
  createdAt: z.int(),
  createdBy: z.string(),
  expiresAt: z.int().nullable(),
});
export type Invitation = z.infer<typeof invitationSchema>;

/** A content that an administrator took away from a person: announced again, it is refused (`entry-removed`). */
export const removalSchema = z.object({
  id: z.string().max(40),
  owner: personSchema,
  contentId: contentIdSchema,
  name: z.string(),
  reason: z.string(),
  at: z.int(),
  by: z.string(),
});
export type Removal = z.infer<typeof removalSchema>;

export const announcementSchema = z.object({
  id: z.string().max(40),
  text: z.string().max(maxAnnouncementChars),
  at: z.int(),
  by: z.string(),
});
export type Announcement = z.infer<typeof announcementSchema>;

export const auditActions = [
  'configure',
  'invite',
  'uninvite',
  'ban',
  'unban',
  'remove',
  'restore',
  'announce',
  'quota',
  'appoint',
  'dismiss',
  'register',
  'leave',
] as const;
/** One line of what was done, by whom, and when; it is never changed. */
export const auditRecordSchema = z.object({
  /** Counts up from 1. */
  number: z.int().min(1),
  at: z.int(),
  /** The name of the person, or `this computer`. */
  by: z.string(),
  action: z.enum(auditActions),
  target: z.string(),
  detail: z.string(),
});
export type AuditRecord = z.infer<typeof auditRecordSchema>;

export const quotaSchema = z.object({ user: personSchema, hostedBytes: z.int().min(0).max(maxBytes) });

/** For administrators; anybody else gets `forbidden`. */
export const adminRequests = {
  'admin:read': {
    payload: empty,
    reply: z.object({ settings: adminSettingsSchema, admins: z.array(personSchema), quotas: z.array(quotaSchema) }),
  },
  /** What is not given stays as it is. Durable when answered, as all of these are. */
  'admin:configure': { payload: adminSettingsSchema.partial().strict(), reply: adminSettingsSchema },
  /** Null: the quota of everybody. Throws `person-not-found`. */
  'admin:quota': {
    payload: z.strictObject({ name: nameSchema, hostedBytes: z.int().min(0).max(maxBytes).nullable() }),
    reply: empty,
  },
  'admin:appoint': { payload: z.strictObject({ name: nameSchema }), reply: empty },
  /** The last administrator stays: `forbidden`. */
  'admin:dismiss': { payload: z.strictObject({ name: nameSchema }), reply: empty },
  'admin:invite': {
    payload: z.strictObject({
      uses: z.int().min(1).max(100_000).default(1),
      lifeMs: lifeMsSchema,
      note: z.string().trim().max(200).default(''),
    }),
    reply: invitationSchema,
  },
  'admin:invitations': {
    payload: empty,
    reply: z.object({ invitations: z.array(invitationSchema).max(maxInvitations) }),
  },
  /** What is not there is passed over. */
  'admin:uninvite': { payload: z.strictObject({ code: z.string().max(100) }), reply: empty },
  ...adminBans,
  /** An entry, or every entry of a content. Its owners are told why. Throws `entry-not-found`. */
  'admin:remove': {
    payload: z.strictObject({ id: z.union([entryIdSchema, contentIdSchema]), reason: reasonSchema }),
    reply: z.object({ removed: z.int() }),
  },
  /** The latest first; `after` is the last of the page before. */
  'admin:removals': {
    payload: z.strictObject({ after: z.string().max(40).optional() }),
    reply: z.object({ removals: z.array(removalSchema).max(maxRemovalsShown), total: z.int() }),
  },
  /** The owner may announce it again. */
  'admin:restore': { payload: z.strictObject({ id: z.string().max(40) }), reply: empty },
  'admin:announce': {
    payload: z.strictObject({ text: z.string().trim().min(1).max(maxAnnouncementChars) }),
    reply: announcementSchema,
  },
  /** The latest first; `before` is the number of the last of the page before. */
  'admin:audit': {
    payload: z.strictObject({
      before: z.int().min(1).optional(),
      limit: z.int().min(1).max(maxAuditShown).default(50),
    }),
    reply: z.object({ records: z.array(auditRecordSchema).max(maxAuditShown), total: z.int() }),
  },
} as const satisfies RequestTable;

/** Why an entry of this person is gone. Kept until the person's device says that it was told. */
export const removedEntrySchema = removalSchema.omit({ by: true, owner: true });
export type RemovedEntry = z.infer<typeof removedEntrySchema>;

/** For everybody. */
export const noticeRequests = {
  /** What administrators said lately, the latest first. */
  'announcements:list': {
    payload: empty,
    reply: z.object({ announcements: z.array(announcementSchema).max(maxAnnouncementsShown) }),
  },
  /** The person knows of these removals: they are not pushed again. */
  'removals:dismiss': {
    payload: z.strictObject({ ids: z.array(z.string().max(40)).max(maxRemovalsShown) }),
    reply: empty,
  },
} as const satisfies RequestTable;
