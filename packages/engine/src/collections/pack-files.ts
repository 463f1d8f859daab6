import { closeSync, constants, fstatSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { toDiskError } from '@enxame/storage/disk-error';
import { pieceContentId } from '../content/content-id.js';
import { readFully } from '../hashing/piece-reader.js';
import { isSameStamp, readFlags, stampOf, toReadError, type FileStamp } from '../hashing/regular-file.js';
import type { FolderTasks } from './folder-tasks.js';
import { maxFrameBytes, missingByte, presentByte, splitFrame } from './pack-frame.js';

// Synchronous on purpose: these run in a thread of their own, and a call to the system costs less than a promise.

export function readPack({ files }: FolderTasks['read']['input']): FolderTasks['read']['output'] {
  const frame = Buffer.allocUnsafeSlow(maxFrameBytes(files.map(({ size }) => size)));
  const missing: number[] = [];
  let end = 0;
  for (const [index, file] of files.entries()) {
    const isThere = readInto(frame, end + 1, file);
    frame[end] = isThere ? presentByte : missingByte;
    end += 1 + (isThere ? file.size : 0);
    if (!isThere) missing.push(index);
  }
  return { frame: frame.subarray(0, end), missing };
}

/** False when the file is not what it was: before, or after it was read. */
function readInto(frame: Buffer, at: number, { path, size, mtimeMs }: { readonly path: string } & FileStamp): boolean {
  try {
    const file = openSync(path, readFlags);
    try {
      const isAsItWas = (): boolean => {
        const stats = fstatSync(file);
        return stats.isFile() && isSameStamp(stampOf(stats), { size, mtimeMs });
      };
      return isAsItWas() && readFully(file, frame.subarray(at, at + size), size, 0) === size && isAsItWas();
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (toReadError(error, path) instanceof EnxameError) return false;
    throw error;
  }
}

/** What is not there yet is made; what a run before left half written is written anew. Never through a link. */
const writeFlags =
  constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | ((constants.O_NOFOLLOW as number | undefined) ?? 0);

export function writePack(input: FolderTasks['write']['input']): FolderTasks['write']['output'] {
  const { folder, files, contentIds } = input;
  const parts = splitFrame(
    input.frame,
    files.map(({ size }) => size),
  );
  const results = files.map(({ path }, index) => {
    const part = parts[index];
    if (!part) return 'missing';
    const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
    const wanted = contentIds.subarray(index * 32, (index + 1) * 32);
    if (Buffer.compare(pieceContentId(bytes), wanted) !== 0) return 'wrong';
    try {
      return writeWhole(join(folder, path), bytes);
    } catch (error) {
      throw toDiskError(error, folder);
    }
  });
  return { results };
}

function writeWhole(path: string, bytes: Uint8Array): FileStamp {
  const file = openSync(path, writeFlags, 0o666);
  try {
    for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done, done);
    return stampOf(fstatSync(file));
  } finally {
    closeSync(file);
  }
}
