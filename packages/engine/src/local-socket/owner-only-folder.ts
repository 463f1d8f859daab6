import { lstat, mkdir } from 'node:fs/promises';
import { EnxameError } from '@enxame/shared/errors/enxame-error';

/**
 * The short folder lies where every user of the computer may make one: another user could have made it first, to answer
 * in the engine's place. Throws `data-folder-unwritable` for one that is not this user's alone.
 */
export async function checkOwnerOnlyFolder(folder: string, uid: number | undefined): Promise<void> {
  const stats = await lstat(folder);
  if (!stats.isDirectory() || stats.uid !== uid || (stats.mode & 0o077) !== 0) {
    throw new EnxameError('data-folder-unwritable', { folder });
  }
}

/** Makes the folder, for its owner only, when it is missing. Throws as `checkOwnerOnlyFolder`. */
export async function makeOwnerOnlyFolder(folder: string, uid: number | undefined): Promise<void> {
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
  await checkOwnerOnlyFolder(folder, uid);
}
