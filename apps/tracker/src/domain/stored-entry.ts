import { deviceIdSchema } from '@enxame/shared/ids';
import { announcedEntrySchema } from '@enxame/shared/tracker/entry';
import { z } from 'zod';

/** An entry as it is kept: what was announced, and which of the owner's devices announced it. Never mutated. */
export const storedEntrySchema = z.object({
  ...announcedEntrySchema.shape,
  // Safe when it was announced. A later version may think otherwise of a name, and must not find the document broken.
  name: z.string().min(1),
  devices: z.array(deviceIdSchema).min(1),
});
export type StoredEntry = z.infer<typeof storedEntrySchema>;

/** What goes into the catalogue, and what goes beside it. (T140) */
export function splitByAudience(entries: Iterable<StoredEntry>): { open: StoredEntry[]; restricted: StoredEntry[] } {
  const open: StoredEntry[] = [];
  const restricted: StoredEntry[] = [];
  for (const entry of entries) (entry.audience ? restricted : open).push(entry);
  return { open, restricted };
}
