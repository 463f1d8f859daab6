import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { toSafeFileName } from '@enxame/shared/content/file-name';
import { candidateNames } from './free-name.js';

/**
 * Looks whether the content is already in the folder under its name (or with a number behind): from an earlier
 * download, or one that was cut off right after it got its name. `isContent` hashes every piece: a name proves nothing.
 */
export async function findExisting(
  wanted: { readonly folder: string; readonly name: string; readonly size: number },
  isContent: (path: string) => Promise<boolean>,
): Promise<string | undefined> {
  for (const name of candidateNames(toSafeFileName(wanted.name))) {
    const path = join(wanted.folder, name);
    const stats = await statIfThere(path);
    if (!stats) return undefined;
    if (stats.isFile() && stats.size === wanted.size && (await isContent(path))) return path;
  }
  return undefined;
}

async function statIfThere(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    // A folder that cannot be looked into cannot be written either; the part file says so, with the right words.
    if (['ENOENT', 'EACCES', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
