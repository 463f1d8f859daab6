import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** A document's name, then the number that `writeDurably` puts behind it while it writes beside. */
const unfinished = /\.jsonl?\.\d+$/;

/**
 * Removes what writes left beside documents when their process was killed; it was never acknowledged. Only for the
 * one process that holds the folder's lock, before its first write.
 */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const file of await readdir(folder)) if (unfinished.test(file)) await unlink(join(folder, file));
}
