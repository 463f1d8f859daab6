import { rm } from 'node:fs/promises';
import { pieceBytesFor } from '@enxame/shared/content/piece-size';
import { openPartFile, partFilePath, type PartFilePlace } from '../../transfers/part-file.js';

/** A file that comes from the front to the back, from a program that knows no pieces. */
export interface ReceivedFile {
  /** Resolves when there is room for more. Throws what the disk says. */
  write(chunk: Uint8Array): Promise<void>;
  /** After the last byte: flushes, gives it its name without replacing anything, and returns the path. */
  finish(): Promise<string>;
  /** Without a name nothing of it stays. Twice without harm, and without effect after `finish`. */
  discard(): Promise<void>;
}

/** Throws `disk-full` before the first byte, `folder-not-writable`, `folder-missing`. */
export async function openReceivedFile(place: PartFilePlace, size: number): Promise<ReceivedFile> {
  const file = await openPartFile(place, { size, pieceHashes: new Uint8Array() });
  const buffer = Buffer.allocUnsafe(Math.min(pieceBytesFor(size), Math.max(1, size)));
  let filled = 0;
  let index = 0;
  let isFinished = false;

  async function writeBuffer(): Promise<void> {
    if (filled === 0) return;
    await file.write([buffer.subarray(0, filled)], index++);
    filled = 0;
  }

  return {
    write: async (chunk) => {
      for (let offset = 0; offset < chunk.length;) {
        const part = chunk.subarray(offset, offset + buffer.length - filled);
        buffer.set(part, filled);
        filled += part.length;
        offset += part.length;
        if (filled === buffer.length) await writeBuffer();
      }
    },
    finish: async () => {
      await writeBuffer();
      const path = await file.finish();
      isFinished = true;
      return path;
    },
    discard: async () => {
      if (isFinished) return;
      await file.close();
      await rm(partFilePath(place), { force: true });
    },
  };
}
