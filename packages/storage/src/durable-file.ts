import { open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { toDiskError } from './disk-error.js';

/** A scanner or an indexer on Windows holds a new file for a moment; these are its error codes. */
const heldCodes = new Set(['EPERM', 'EACCES', 'EBUSY']);
const heldRetryMs = [10, 50, 100, 250, 500];

/**
 * Replaces a file so that, whenever power fails, it holds either the old bytes or the new: written beside, flushed,
 * renamed, and the folder flushed too. Throws `disk-full`, `folder-not-writable`, `disk-failed`.
 */
export async function writeDurably(path: string, data: string | Uint8Array, mode = 0o600): Promise<void> {
  try {
    const bytes = typeof data === 'string' ? data : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    await withPatience(() => writeFileAtomic(path, bytes, { mode, fsync: true }));
    await flushFolder(dirname(path));
  } catch (error) {
    throw toDiskError(error, dirname(path));
  }
}

/** Renames; on disk when it resolves. */
export async function renameDurably(from: string, to: string): Promise<void> {
  await withPatience(() => rename(from, to));
  await flushFolder(dirname(to));
}

/** Tries again while, on Windows, a scanner may hold the file: some hundred milliseconds. */
async function withPatience(change: () => Promise<void>): Promise<void> {
  for (const waitMs of process.platform === 'win32' ? heldRetryMs : []) {
    try {
      await change();
      return;
    } catch (error) {
      if (!heldCodes.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
  await change();
}

/** Removes a file; that it is gone already is what was wanted. */
export async function removeFile(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  });
}

/** Makes a rename in the folder survive a power cut. Windows has no such call and needs none. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
