import { deviceIdSchema } from '@enxame/shared/ids';
import { announcedEntrySchema } from '@enxame/shared/tracker/entry';
import { z } from 'zod';

/** An entry as it is kept: what was announced, and which of the owner's devices announced it. Never mutated. */
export const storedEntrySchema = z.object({ ...announcedEntrySchema.shape, devices: z.array(deviceIdSchema).min(1) });
export type StoredEntry = z.infer<typeof storedEntrySchema>;
