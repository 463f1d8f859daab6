import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { alignBytes, createAlignedMemory } from '../transfers/aligned-memory.js';
import { readFully } from './piece-reader.js';
import { readFlags } from './regular-file.js';

/** A file that is read from its beginning to its end, once. */
export interface Sha256File {
  /** For looking at it; another one after a read. */
  readonly handle: number;
  /** Bytes from there, at most `maxBytes`; none at its end. Valid until the next call. */
  read(offset: number, maxBytes: number): Uint8Array;
  close(): void;
}

/** The flag is of Linux: elsewhere, and on file systems without it, all goes through the cache. */
const directFlag = process.platform === 'linux' ? constants.O_DIRECT : undefined;
/** Past the cache nobody reads ahead: each read is to be worth its way to the disk. */
const directBytes = 1024 * 1024;
/** Of this thread, which reads one file at a time. */
let directBuffer: Buffer | undefined;

/**
 * `isCold`: past the system's cache, where that can be. What was received so fast that it went past the cache would be read
 * into it only to be copied out again, which takes longer than its SHA-256 does. Throws what the system says.
 */
export function openSha256File(path: string, buffer: Buffer, isCold: boolean): Sha256File {
  const direct = isCold ? openDirect(path) : undefined;
  let isDirect = direct !== undefined;
  let handle = direct ?? openSync(path, readFlags);

  /** Undefined: this disk does not take the memory, or the place. */
  function readDirect(offset: number): Buffer | undefined {
    if (offset % alignBytes !== 0) return undefined;
    directBuffer ??= createAlignedMemory().allocate(directBytes);
    try {
      return directBuffer.subarray(0, readSync(handle, directBuffer, 0, directBytes, offset));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EINVAL') return undefined;
      throw error;
    }
  }

  function leaveDirect(): void {
    const next = openSync(path, readFlags);
    const [one, other] = [fstatSync(handle), fstatSync(next)];
    if (one.ino !== other.ino || one.dev !== other.dev) {
      closeSync(next);
      throw new EnxameError('file-changed', { name: basename(path) });
    }
    closeSync(handle);
    handle = next;
    isDirect = false;
  }

  return {
    get handle() {
      return handle;
    },
    read: (offset, maxBytes) => {
      const bytes = isDirect ? readDirect(offset) : undefined;
      if (bytes) return bytes.subarray(0, maxBytes);
      if (isDirect) leaveDirect();
      return buffer.subarray(0, readFully(handle, buffer, Math.min(buffer.length, maxBytes), offset));
    },
    close: () => {
      closeSync(handle);
    },
  };
}

function openDirect(path: string): number | undefined {
  if (directFlag === undefined) return undefined;
  try {
    return openSync(path, readFlags | directFlag);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EINVAL') return undefined;
    throw error;
  }
}
