import { lstat, mkdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { toSafeFileName } from '@enxame/shared/content/file-name';
import { renameDurably } from '@enxame/storage/durable-file';
import { candidateNames } from '../transfers/free-name.js';

/**
 * Gives a finished folder its name, or the first free one after it. A rename of a folder replaces an empty one of that
 * name, and nothing else: so an empty one is made first, in one step that fails when the name is taken, and only that
 * can be replaced. On Windows a rename never replaces a folder. (docs/adr/0011-a-folder-gets-its-name-by-rename.md)
 */
export async function giveFolderName(
  path: string,
  wanted: { readonly folder: string; readonly name: string },
): Promise<string> {
  for (const name of candidateNames(toSafeFileName(wanted.name))) {
    const target = join(wanted.folder, name);
    const isOurs = process.platform === 'win32' ? !(await isTaken(target)) : await reserve(target);
    if (isOurs && (await moveTo(path, target))) return target;
  }
  throw new RangeError('there is always another name');
}

/** False when the name was taken in the meantime. */
async function moveTo(path: string, target: string): Promise<boolean> {
  try {
    await renameDurably(path, target);
    return true;
  } catch (error) {
    // Somebody put something into the empty folder: it is theirs now.
    if (['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    if (process.platform === 'win32' && (await isTaken(target))) return false;
    await rmdir(target).catch(() => undefined); // what went wrong first is what counts
    throw error;
  }
}

async function reserve(target: string): Promise<boolean> {
  try {
    await mkdir(target);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isTaken(target: string): Promise<boolean> {
  try {
    await lstat(target);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
