import { z } from 'zod';
import { contentIdSchema, entryIdSchema, transferIdSchema, userIdSchema } from '../ids.js';
import type { RequestTable } from '../messages/request-table.js';
import { catalogueQuerySchema, cursorSchema, windowSchema } from '../tracker/catalogue-query.js';
import { fileNameSchema } from '../tracker/entry.js';
import { hostedRequests } from '../tracker/hosted.js';
import { linkRequests } from '../tracker/link.js';
import { tokenRequests } from '../tracker/token.js';
import { searchRequests } from '../tracker/saved-search.js';
import { engineCataloguePageSchema } from './catalogue-row.js';
import { doctorCalls } from './doctor-calls.js';
import { codeCalls } from './code-calls.js';
import { folderListingSchema } from './folder-listing.js';
import { identityCalls } from './identity-calls.js';
import { trackerCalls } from './tracker-calls.js';
import { historyCalls } from './history-calls.js';
import { verifyCalls } from './verify-calls.js';
import { limitCalls } from './limit-calls.js';
import { networkCalls } from './network-calls.js';
import { personCalls } from './person-calls.js';
import { pieceCellsSchema } from './piece-cells.js';
import { preflightSchema } from './preflight.js';
import { previewCalls } from './preview-calls.js';
import { shareSchema } from './share.js';
import { shareNotesSchema } from './share-notes.js';
import { engineStatusSchema, settingsSchema, trackerInfoSchema } from './status.js';
import { transferSchema } from './transfer.js';
import { visibilitySchema } from './visibility.js';
import { watchedCalls } from './watched-calls.js';

const empty = z.strictObject({});
const pathSchema = z.string().min(1).max(4096);
const urlTextSchema = z.string().max(2048);
/** One drop or one command line; more come in a second call. */
export const maxSharePaths = 10_000;

/** At half a kilobyte each: far below the largest frame, and made in a few milliseconds. */
export const maxSharesInPage = 500;

/** Everything an interface can ask of the engine, over any carrier. */
export const engineCalls = {
  'status:get': { payload: empty, reply: engineStatusSchema },
  'settings:set': { payload: settingsSchema.partial().strict(), reply: settingsSchema },

  /** Looks at a tracker without joining it. Takes `host`, `host:port` or a URL. */
  'tracker:probe': { payload: z.strictObject({ url: urlTextSchema }), reply: trackerInfoSchema },
  /** Makes it the tracker in use and pins its key. `trust` takes a changed key after the person compared the words. */
  'tracker:use': {
    payload: z.strictObject({ url: urlTextSchema, trust: z.boolean().default(false) }),
    reply: trackerInfoSchema,
  },
  /** Try the tracker in use now, without waiting for the next try. */
  'tracker:retry': { payload: empty, reply: empty },
  /** Throws what registering under this name with the tracker in use would throw. */
  'name:check': { payload: z.strictObject({ name: z.string().max(1000) }), reply: z.object({ name: z.string() }) },
  'user:register': {
    payload: z.strictObject({ name: z.string().max(1000), invitation: z.string().max(100).optional() }),
    reply: z.object({ user: z.object({ id: userIdSchema, name: z.string() }), device: z.object({ id: z.string() }) }),
  },

  /**
   * Shares files, and folders as collections: an entry each. Answers when each has its contentId (hashing a large file
   * takes a while; `shares:changed` tells meanwhile). What cannot be shared is named; the rest is shared.
   */
  'share:add': {
    payload: z.strictObject({
      paths: z.array(pathSchema).min(1).max(maxSharePaths),
      /** The files of folders one by one, without the hidden ones: an entry each. */
      each: z.boolean().optional(),
      /** All paths in one folder of this name: one entry. */
      together: fileNameSchema.optional(),
      /** Otherwise what is shared anew is for everyone, and what was shared already stays as it was. */
      visibility: visibilitySchema.optional(),
    }),
    reply: shareNotesSchema.extend({ shares: z.array(shareSchema) }),
  },
  /** Who may know of a share, from now on. Throws `entry-not-found`. */
  'share:show': { payload: z.strictObject({ id: entryIdSchema, visibility: visibilitySchema }), reply: shareSchema },
  'share:remove': { payload: z.strictObject({ id: entryIdSchema }), reply: empty },
  /** The shares in the order in which they were added, a page of them; `after` is the `next` of the page before. */
  'shares:list': {
    payload: z.strictObject({ after: entryIdSchema.optional() }),
    reply: z.object({
      shares: z.array(shareSchema).max(maxSharesInPage),
      /** Absent on the last page. */
      next: entryIdSchema.optional(),
    }),
  },

  /** `cursor`: the `next` of the page before, of the same query; the window then begins behind it. */
  'catalogue:list': {
    payload: z.strictObject({ query: catalogueQuerySchema, window: windowSchema, cursor: cursorSchema.optional() }),
    reply: engineCataloguePageSchema,
  },
  /** As `catalogue:list`, and from then on `catalogue:changed`. The same watchId again moves the watch. */
  'catalogue:watch': {
    payload: z.strictObject({ watchId: z.int().min(0).max(1000), query: catalogueQuerySchema, window: windowSchema }),
    reply: engineCataloguePageSchema,
  },
  'catalogue:unwatch': { payload: z.strictObject({ watchId: z.int().min(0).max(1000) }), reply: empty },

  /** What fetching an entry would meet: room, names, what is here already. Of a folder, its document is fetched for that. */
  'download:check': {
    payload: z.strictObject({ id: z.union([entryIdSchema, contentIdSchema]), folder: pathSchema.optional() }),
    reply: preflightSchema,
  },
  /** Fetches an entry of the catalogue. The same content again, while it is there or on its way, is the same transfer. */
  'download:start': {
    payload: z.strictObject({ id: z.union([entryIdSchema, contentIdSchema]), folder: pathSchema.optional() }),
    reply: transferSchema,
  },
  'transfers:list': { payload: empty, reply: z.object({ transfers: z.array(transferSchema) }) },
  'transfer:pause': { payload: z.strictObject({ id: transferIdSchema }), reply: empty },
  /** Also tries again what failed. */
  'transfer:resume': { payload: z.strictObject({ id: transferIdSchema }), reply: empty },
  /** Stops it and removes its part file; a verified file stays where it is, and only leaves the list. */
  'transfer:remove': { payload: z.strictObject({ id: transferIdSchema }), reply: empty },
  /** Which pieces of a download are here, and which are coming: a picture of at most `maxPieceCells` cells. */
  'transfer:pieces': { payload: z.strictObject({ id: transferIdSchema }), reply: pieceCellsSchema },

  ...personCalls,
  ...watchedCalls,
  ...codeCalls,
  ...identityCalls,
  ...trackerCalls,
  /** As the tracker in use has them. Throw `tracker-offline`. */
  ...searchRequests,
  ...limitCalls,
  ...historyCalls,
  ...verifyCalls,
  ...previewCalls,
  ...hostedRequests,
  ...linkRequests,
  ...tokenRequests,
  ...networkCalls,
  ...doctorCalls,

  /** Without a path: the home folder. */
  'folder:list': { payload: z.strictObject({ path: pathSchema.optional() }), reply: folderListingSchema },
} as const satisfies RequestTable;

export type EngineCalls = typeof engineCalls;
