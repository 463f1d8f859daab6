import { errorInfoSchema } from '@enxame/shared/errors/enxame-error';
import { z } from 'zod';

const versionSchema = z.string().max(100);

/** Newer versions of this program. It looks for them only while the setting `automaticUpdates` is on, or when asked. */
export const updateStatusSchema = z.discriminatedUnion('state', [
  /** This package was built without a place to fetch newer ones from, or is not installed. The setting means nothing. */
  z.object({ state: z.literal('unavailable') }),
  /** `checkedAt` null: not yet in this run. */
  z.object({ state: z.literal('current'), checkedAt: z.int().nullable() }),
  z.object({ state: z.literal('checking') }),
  z.object({ state: z.literal('fetching'), version: versionSchema, percent: z.number() }),
  /** Fetched and verified. Installed by `update:install`, or, while the setting is on, when the program ends. */
  z.object({ state: z.literal('ready'), version: versionSchema }),
  z.object({ state: z.literal('failed'), error: errorInfoSchema }),
]);
export type UpdateStatus = z.infer<typeof updateStatusSchema>;
