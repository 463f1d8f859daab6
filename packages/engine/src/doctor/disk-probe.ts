import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { toDiskError } from '@enxame/storage/disk-error';
import { removeFile } from '@enxame/storage/durable-file';
import { freeBytes } from '../preflight/room.js';

/** Enough to get past what a disk takes on credit; written and flushed as pieces are. */
const probeBytes = 128 * 1024 * 1024;
const chunkBytes = 4 * 1024 * 1024;
/** A slow disk says enough in this time. */
const enoughMs = 3000;

export interface DiskProbe {
  readonly writeBytesPerSecond: number;
  readonly freeBytes: number;
}

/** Writes a file of some size into a folder, flushes it, and removes it. Throws what the disk says. */
export async function probeDisk(folder: string, now: () => number): Promise<DiskProbe> {
  const free = await freeBytes(folder);
  const bytes = Math.min(probeBytes, Math.floor(free / 4));
  const path = join(folder, `.enxame-probe-${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(path, 'wx', 0o600);
    try {
      const chunk = randomBytes(chunkBytes); // what is all the same, some disks do not write
      const startedAt = now();
      let written = 0;
      while (written < bytes && now() - startedAt < enoughMs) {
        const part = Math.min(chunkBytes, bytes - written);
        await file.write(chunk, 0, part, written);
        written += part;
      }
      await file.sync();
      const seconds = Math.max(0.001, (now() - startedAt) / 1000);
      return { writeBytesPerSecond: written / seconds, freeBytes: free };
    } finally {
      await file.close();
      await removeFile(path);
    }
  } catch (error) {
    throw toDiskError(error, folder);
  }
}
