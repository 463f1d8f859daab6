import { lstat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { toSafeFileName } from '@enxame/shared/content/file-name';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { toDiskError } from '@enxame/storage/disk-error';

/** What a file system keeps for itself, so that a full disk is told before it is full. */
export const reserveBytes = 4 * 1024 * 1024;

/** What can still be written in the folder, or in the nearest one above that is there. Throws what the disk says. */
export async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    const above = dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === folder) throw toDiskError(error, folder);
    return freeBytes(above);
  }
}

/** `disk-full` with the figures that the person needs: `bytes` are to be written. */
export function toDiskFull(folder: string, bytes: number, free: number): EnxameError {
  return new EnxameError('disk-full', { folder, needed: bytes + reserveBytes, free });
}

/**
 * Throws `disk-full` when a download that begins now would not fit. What has its name and size already may be the very
 * content: it is looked at, not refused.
 */
export async function refuseWithoutRoom(wanted: {
  readonly folder: string;
  readonly name: string;
  readonly size: number;
  readonly collection: unknown;
}): Promise<void> {
  const free = await freeBytes(wanted.folder);
  if (free >= wanted.size + reserveBytes) return;
  const there = await lstatIfThere(join(wanted.folder, toSafeFileName(wanted.name)));
  const mayBeHere = wanted.collection ? there?.isDirectory() : there?.isFile() && there.size === wanted.size;
  if (mayBeHere !== true) throw toDiskFull(wanted.folder, wanted.size, free);
}

async function lstatIfThere(path: string) {
  try {
    return await lstat(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
