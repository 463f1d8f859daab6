import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { toDiskError } from './disk-error.js';
import { flushFolder } from './durable-file.js';

/**
 * Writes behind the first `end` bytes of a file, which is made when there is none; on disk when it resolves. What is
 * behind those bytes, left by a write that failed or by a process that was killed, is cut off first. Throws
 * `disk-full`, `folder-not-writable`, `folder-missing`, `disk-failed`; the first `end` bytes are then what they were.
 */
export async function appendDurably(path: string, end: number, data: Uint8Array): Promise<void> {
  try {
    const known = await openIfThere(path);
    const file = known ?? (await open(path, 'wx', 0o600));
    try {
      await appendTo(file, end, data);
    } finally {
      await file.close();
    }
    if (!known) await flushFolder(dirname(path));
  } catch (error) {
    throw toDiskError(error, dirname(path));
  }
}

async function appendTo(file: FileHandle, end: number, data: Uint8Array): Promise<void> {
  if ((await file.stat()).size > end) await file.truncate(end);
  try {
    // Until all is written: on a disk that is nearly full a single write takes a part, and calls that success.
    for (let written = 0; written < data.length;) {
      written += (await file.write(data, written, data.length - written, end + written)).bytesWritten;
    }
    await file.datasync();
  } catch (error) {
    // Whoever reads the file meanwhile must not find what was refused; the next append cuts it off in any case.
    await file.truncate(end).catch(() => undefined);
    throw error;
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
