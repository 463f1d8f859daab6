import { randomInt } from 'node:crypto';
import { open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { toDiskError } from './disk-error.js';

/** A scanner or an indexer on Windows holds a new file for a moment; these are its error codes. */
const heldCodes = new Set(['EPERM', 'EACCES', 'EBUSY']);
const heldRetryMs = [10, 50, 100, 250, 500];

/**
 * Replaces a file so that, whenever power fails, it holds either the old bytes or the new: written beside, flushed,
 * renamed, and the folder flushed too. Throws `disk-full`, `folder-not-writable`, `disk-failed`; the file is then what
 * it was. (leftovers.ts knows the name beside.)
 */
export async function writeDurably(path: string, data: string | Uint8Array, mode = 0o600): Promise<void> {
  const beside = `${path}.${String(randomInt(2 ** 47))}`;
  try {
    await writeBeside(beside, data, mode);
    await renameDurably(beside, path);
  } catch (error) {
    await removeFile(beside).catch(() => undefined); // what went wrong first is what counts
    throw toDiskError(error, dirname(path));
  }
}

async function writeBeside(beside: string, data: string | Uint8Array, mode: number): Promise<void> {
  const handle = await open(beside, 'wx', mode);
  try {
    // Until all is written: on a disk that is nearly full a single write takes a part, and calls that success.
    await handle.writeFile(data);
    await handle.sync();
  } finally {
    await handle.close();
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
