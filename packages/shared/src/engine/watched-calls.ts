import { z } from 'zod';
import { errorInfoSchema } from '../errors/enxame-error.js';
import type { RequestTable } from '../messages/request-table.js';
import { visibilitySchema } from './visibility.js';

const empty = z.strictObject({});
const pathSchema = z.string().min(1).max(4096);
/** Each is a watch of the system, and a look at the disk twice a minute. */
export const maxWatchedFolders = 50;

/** A folder of which this device shares what lands in it: each file and each folder directly inside, once it is complete. */
export const watchedFolderSchema = z.object({
  path: z.string(),
  /** Of what it shares. */
  visibility: visibilitySchema,
  addedAt: z.int(),
  /** How many files and folders it has shared since it is watched. */
  shared: z.int().min(0),
  /** The last of them. */
  last: z.object({ name: z.string(), at: z.int() }).nullable(),
  /** How many are still being written, or are too new to tell. */
  waiting: z.int().min(0),
  /** The folder is not there, or what landed last could not be shared. */
  error: errorInfoSchema.nullable(),
});
export type WatchedFolder = z.infer<typeof watchedFolderSchema>;

const listSchema = z.object({ folders: z.array(watchedFolderSchema).max(maxWatchedFolders) });

export const watchedCalls = {
  'watched:list': { payload: empty, reply: listSchema },
  /**
   * Watches a folder; the same again only changes the visibility of what lands from now on. `existing`: what is in it
   * already is shared, too. Throws `path-not-found`, `path-unreadable`, `folder-is-a-file`, `too-large`.
   */
  'watched:add': {
    payload: z.strictObject({
      path: pathSchema,
      visibility: visibilitySchema.optional(),
      existing: z.boolean().default(true),
    }),
    reply: watchedFolderSchema,
  },
  /** What was shared stays shared. Throws `not-found`. */
  'watched:remove': { payload: z.strictObject({ path: pathSchema }), reply: empty },
} as const satisfies RequestTable;
