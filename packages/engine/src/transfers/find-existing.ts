import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { toSafeFileName } from '@enxame/shared/content/file-name';
import { isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import { isSameStamp, stampOf } from '../hashing/regular-file.js';
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
    const before = await statIfThere(path);
    if (!before) return undefined;
    if (!before.isFile() || before.size !== wanted.size || !(await isReadableContent(path, isContent))) continue;
    const after = await statIfThere(path);
    if (after && isSameStamp(stampOf(before), stampOf(after))) return path;
  }
  return undefined;
}

/** A file that cannot be read, or is being written to, is a name that is taken; nothing more. */
async function isReadableContent(path: string, isContent: (path: string) => Promise<boolean>): Promise<boolean> {
  try {
    return await isContent(path);
  } catch (error) {
    const unreadable = [
      'file-changed',
      'file-vanished',
      'path-unreadable',
      'path-is-a-link',
      'path-not-a-file',
    ] as const;
    if (isErrorWithCode(error, ...unreadable)) return false;
    throw error;
  }
}

async function statIfThere(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    // A folder that cannot be looked into cannot be written either; the part file says so, with the right words.
    if (['ENOENT', 'EACCES', 'ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return undefined;
    throw error;
  }
}
