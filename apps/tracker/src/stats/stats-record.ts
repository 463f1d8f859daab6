import { contentIdSchema } from '@enxame/shared/ids';
import { maxOnlinePoints } from '@enxame/shared/tracker/stats';
import { z } from 'zod';

/** Contents of which is known how often they went out; the one that moved longest ago is forgotten for a new one. */
export const maxCountedContents = 10_000;
/** Reports that are remembered, so that none counts twice; the oldest is forgotten for a new one. */
export const maxRememberedReports = 20_000;

const bytesSchema = z.object({ direct: z.int().min(0), relayed: z.int().min(0), hosted: z.int().min(0) });
const contentSchema = z.object({
  contentId: contentIdSchema,
  name: z.string(),
  downloads: z.int().min(0),
  bytes: z.int().min(0),
});

/** What a tracker has counted, as it rests: `stats.json`. */
export const statsRecordSchema = z.object({
  version: z.literal(1),
  /** Milliseconds since 1970. */
  since: z.int(),
  downloads: z.int().min(0),
  bytes: bytesSchema,
  contents: z.array(contentSchema).max(maxCountedContents),
  /** One short hash for a device and a content. */
  reports: z.array(z.string().max(20)).max(maxRememberedReports),
  online: z.array(z.object({ at: z.int(), users: z.int().min(0) })).max(maxOnlinePoints),
});
export type StatsRecord = z.infer<typeof statsRecordSchema>;
export type MovedBytes = z.infer<typeof bytesSchema>;
export type CountedContent = z.infer<typeof contentSchema>;

export const emptyStats = (since: number): StatsRecord => ({
  version: 1,
  since,
  downloads: 0,
  bytes: { direct: 0, relayed: 0, hosted: 0 },
  contents: [],
  reports: [],
  online: [],
});
