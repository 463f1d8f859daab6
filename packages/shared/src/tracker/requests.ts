import { z } from 'zod';
import { deviceGrantSchema, publicKeySchema, signatureSchema } from '../identity/grant.js';
import { contentIdSchema, deviceIdSchema, entryIdSchema, userIdSchema } from '../ids.js';
import type { RequestTable } from '../messages/request-table.js';
import { errorInfoSchema } from '../errors/enxame-error.js';
import { ticketSchema } from '../peer/ticket.js';
import { accountRequests } from './account.js';
import { adminRequests, noticeRequests } from './admin.js';
import { catalogueQuerySchema, cataloguePageSchema, cursorSchema, windowSchema } from './catalogue-query.js';
import { announcedEntrySchema, catalogueRowSchema } from './entry.js';
import { pathIdSchema, pathTokenSchema } from './path.js';
import { statsRequests } from './stats.js';
import { reachRequests } from './reach.js';
import { deviceAddressSchema, maxAddresses, personSchema, sourceSchema } from './person.js';
import { hostedRequests } from './hosted.js';
import { linkRequests } from './link.js';
import { tokenRequests } from './token.js';
import { searchRequests } from './saved-search.js';

/** At some 400 bytes each, a full batch stays well below the largest message. */
export const maxBatchEntries = 500;
export const maxMessageBytes = 1024 * 1024;
/** Of a page of `entries:compare`, at some 75 bytes each. */
export const maxComparedEntries = 5000;
/** How many lists one device may watch at once: a window has one, a window with a search open has two. */
export const maxWatches = 16;
export const maxSourcesShown = 50;
/** What one device can say that it received, or is fetching: more than a person fetches in years. */
export const maxOffersPerDevice = 10_000;
export const maxPeopleShown = 500;
/** Before the schema of the name decides: a longer one is not even looked at. */
const maxRawNameChars = 1000;

const empty = z.strictObject({});
const sourceOfferSchema = z.strictObject({ contentId: contentIdSchema, complete: z.boolean() });
export type SourceOffer = z.infer<typeof sourceOfferSchema>;
const watchIdSchema = z
  .int()
  .min(0)
  .max(2 ** 31);
const userRefSchema = z.object({ id: userIdSchema, name: z.string() });

/**
 * Everything a device can ask of a tracker over Socket.IO; the reply comes in the acknowledgement as an `Answer`.
 * (docs/spec/tracker-protocol.md)
 */
export const trackerRequests = {
  /** The nonce that the next proof of this connection must sign. Good once. */
  'session:challenge': { payload: empty, reply: z.object({ nonce: z.string() }) },
  /** Binds a free name to a user key; both signatures are over the statements of identity/grant.ts. */
  'user:register': {
    payload: z.strictObject({
      name: z.string().max(maxRawNameChars),
      userKey: publicKeySchema,
      signature: signatureSchema,
      invitation: z.string().max(100).optional(),
    }),
    reply: z.object({ user: userRefSchema }),
  },
  /** Throws what registering under this name would throw. */
  'name:check': {
    payload: z.strictObject({ name: z.string().max(maxRawNameChars) }),
    reply: z.object({ name: z.string() }),
  },
  /** Makes this connection the session of one device of a registered user. */
  'session:open': {
    payload: z.strictObject({
      grant: deviceGrantSchema,
      signature: signatureSchema,
      addresses: z.array(deviceAddressSchema).max(maxAddresses),
    }),
    /** `now`: the tracker's clock, milliseconds since 1970; those of before did not tell it. */
    reply: z.object({ user: userRefSchema, now: z.int().optional() }),
  },
  'presence:update': {
    payload: z.strictObject({ addresses: z.array(deviceAddressSchema).max(maxAddresses) }),
    reply: empty,
  },
  /**
   * What the tracker believes that this device shares; the digest spares the list when nothing changed while apart.
   * `after`: the `next` of the page before, with the same digest. Throws `bad-request` when there was none.
   */
  'entries:compare': {
    payload: z.strictObject({ digest: z.string().max(64), after: entryIdSchema.optional() }),
    reply: z.object({
      same: z.boolean(),
      known: z.array(z.object({ id: entryIdSchema, fingerprint: z.string() })).max(maxComparedEntries),
      /** Absent on the last page. */
      next: entryIdSchema.optional(),
    }),
  },
  /** Durable when answered. Idempotent by id. Entries that break a rule are named; the others are in. */
  'entries:announce': {
    payload: z.strictObject({ entries: z.array(announcedEntrySchema).min(1).max(maxBatchEntries) }),
    reply: z.object({ refused: z.array(z.object({ id: entryIdSchema, error: errorInfoSchema })) }),
  },
  /** Durable when answered. What is not there, or is not this user's, is passed over. */
  'entries:withdraw': {
    payload: z.strictObject({ ids: z.array(entryIdSchema).min(1).max(maxBatchEntries) }),
    reply: empty,
  },
  /** `cursor`: the `next` of the page before, of the same query; the window then begins behind it. (T71) */
  'catalogue:list': {
    payload: z.strictObject({ query: catalogueQuerySchema, window: windowSchema, cursor: cursorSchema.optional() }),
    reply: cataloguePageSchema,
  },
  /** As `catalogue:list`, and from then on `catalogue:changed`. The same watchId again moves the watch. */
  'catalogue:watch': {
    payload: z.strictObject({ watchId: watchIdSchema, query: catalogueQuerySchema, window: windowSchema }),
    reply: cataloguePageSchema,
  },
  'catalogue:unwatch': { payload: z.strictObject({ watchId: watchIdSchema }), reply: empty },
  /** An entry by its id, or any entry of a content. Throws `entry-not-found`. */
  'entry:get': {
    payload: z.strictObject({ id: z.union([entryIdSchema, contentIdSchema]) }),
    reply: catalogueRowSchema,
  },
  /** The devices that can serve a content now, a ticket for it, and from then on `sources:changed`. */
  'sources:watch': {
    payload: z.strictObject({ contentId: contentIdSchema }),
    reply: z.object({ ticket: ticketSchema, expiresAt: z.int(), sources: z.array(sourceSchema).max(maxSourcesShown) }),
  },
  'sources:unwatch': { payload: z.strictObject({ contentId: contentIdSchema }), reply: empty },
  /**
   * Contents that this device can serve, or pieces of them, without an entry for them: until the session ends or they
   * are retracted. The same content again says anew whether all of it is there. Throws `too-large`.
   */
  'sources:offer': {
    payload: z.strictObject({ offers: z.array(sourceOfferSchema).min(1).max(maxBatchEntries) }),
    reply: empty,
  },
  'sources:retract': {
    payload: z.strictObject({ contentIds: z.array(contentIdSchema).min(1).max(maxBatchEntries) }),
    reply: empty,
  },
  /**
   * Asks a source of a content that this device watches to help with a way to it: the source gets `path:asked`, and
   * `path:met` follows when both have been seen. Throws `source-gone` when it is none now, `rate-limited`.
   */
  'path:ask': {
    payload: z.strictObject({ contentId: contentIdSchema, deviceId: deviceIdSchema, hasRelay: z.boolean() }),
    reply: z.object({ pathId: pathIdSchema, token: pathTokenSchema }),
  },
  /** The people of the network, those online first, and from then on `people:changed`. */
  'people:watch': {
    payload: empty,
    reply: z.object({ total: z.int(), people: z.array(personSchema).max(maxPeopleShown) }),
  },
  ...reachRequests,
  ...searchRequests,
  ...adminRequests,
  ...noticeRequests,
  ...statsRequests,
  ...accountRequests,
  ...hostedRequests,
  ...linkRequests,
  ...tokenRequests,
} as const satisfies RequestTable;

export type TrackerRequests = typeof trackerRequests;
