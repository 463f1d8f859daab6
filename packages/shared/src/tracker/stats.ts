import { z } from 'zod';
import { contentIdSchema } from '../ids.js';
import type { RequestTable } from '../messages/request-table.js';

const empty = z.strictObject({});
export const maxTopDownloads = 50;
/** One each ten minutes of a week. */
export const maxOnlinePoints = 1008;

/** What a tracker has counted. */
export const statsSchema = z.object({
  /** Since when it counts, milliseconds since 1970. */
  since: z.int(),
  users: z.int().min(0),
  usersOnline: z.int().min(0),
  devicesOnline: z.int().min(0),
  entries: z.int().min(0),
  contents: z.int().min(0),
  /** Of all entries, each content once. */
  contentBytes: z.int().min(0),
  hostedCopies: z.int().min(0),
  hostedBytes: z.int().min(0),
  links: z.int().min(0),
  /** Finished: as told by who received (`download:report`), and those through links and by hash. */
  downloads: z.int().min(0),
  bytes: z.object({
    /** From computer to computer. */
    direct: z.int().min(0),
    relayed: z.int().min(0),
    /** From hosted copies, and through links. */
    hosted: z.int().min(0),
  }),
  topDownloads: z
    .array(z.object({ contentId: contentIdSchema, name: z.string(), downloads: z.int().min(0), bytes: z.int().min(0) }))
    .max(maxTopDownloads),
  /** People online over time, oldest first. */
  online: z.array(z.object({ at: z.int(), users: z.int().min(0) })).max(maxOnlinePoints),
});
export type Stats = z.infer<typeof statsSchema>;

export const statsRequests = {
  'stats:read': { payload: empty, reply: statsSchema },
  /** A content that this device received and verified, and how its bytes came. Counted once for a device and a content. */
  'download:report': {
    payload: z.strictObject({
      contentId: contentIdSchema,
      bytes: z.object({ direct: z.int().min(0), relayed: z.int().min(0), hosted: z.int().min(0) }),
    }),
    reply: empty,
  },
} as const satisfies RequestTable;
