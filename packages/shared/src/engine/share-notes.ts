import { z } from 'zod';
import { errorInfoSchema } from '../errors/enxame-error.js';

/** How many paths of a folder are listed of each kind; the counts are of all. */
export const maxNotesShown = 1000;

/** What the person should know of what was shared. */
export const shareNotesSchema = z.object({
  /** What could not be shared; the rest is. */
  refused: z.array(z.object({ path: z.string(), error: errorInfoSchema })),
  refusedCount: z.int().min(0),
  /** Names inside folders that other systems cannot have, and as what they are shared. */
  renamed: z.array(z.object({ path: z.string(), as: z.string() })),
  renamedCount: z.int().min(0),
  /** Hidden files inside of folders, which are shared with the rest. */
  hiddenCount: z.int().min(0),
});
export type ShareNotes = z.infer<typeof shareNotesSchema>;
