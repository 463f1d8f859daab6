import { z } from 'zod';

/** A folder with more is listed up to here and says so. */
export const maxListedNames = 5000;

/** One folder of the engine's own file system, for the picker of an interface that runs in a browser. */
export const folderListingSchema = z.object({
  path: z.string(),
  /** Null at the root. */
  parent: z.string().nullable(),
  /** Home, downloads, disks: where to start. */
  places: z.array(z.object({ kind: z.enum(['home', 'downloads', 'root']), path: z.string() })),
  names: z.array(z.object({ name: z.string(), path: z.string(), kind: z.enum(['file', 'folder']), size: z.int() })),
  truncated: z.boolean(),
});
export type FolderListing = z.infer<typeof folderListingSchema>;
