import { stat } from 'node:fs/promises';
import { isSameStamp, stampOf, type FileStamp } from '../hashing/regular-file.js';

/** Whether a file is there with this stamp; false for whatever cannot be looked at. */
export async function isSameFile(path: string, stamp: FileStamp): Promise<boolean> {
  const stats = await stat(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  });
  return stats !== undefined && stats.isFile() && isSameStamp(stampOf(stats), stamp);
}
