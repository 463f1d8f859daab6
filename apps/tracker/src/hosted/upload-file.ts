import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { Blake3Hasher } from '@napi-rs/blake-hash';
import { pieceBytesFor } from '@enxame/shared/content/piece-size';

/** A file that is written from its beginning to its end, and hashed on the way. Synchronous: its thread does nothing else. */
export interface UploadFile {
  write(bytes: Buffer): void;
  /** Flushed to disk when it returns. */
  finish(): { size: number; sha256: string; pieceHashes: Uint8Array };
  /** Closes and removes it. */
  drop(): void;
}

const rereadBytes = 1024 * 1024;

/** Makes the file, which must not be there. Throws the system's error. */
export function openUploadFile(path: string, guessedPieceBytes: number): UploadFile {
  const handle = openSync(path, 'wx+', 0o600);
  const sha256 = createHash('sha256');
  let pieces = createPieceHashes(guessedPieceBytes);
  let size = 0;

  return {
    write: (bytes) => {
      for (let written = 0; written < bytes.length;) written += writeSync(handle, bytes, written);
      sha256.update(bytes);
      pieces.update(bytes);
      size += bytes.length;
    },
    finish: () => {
      if (pieceBytesFor(size) !== guessedPieceBytes) {
        // The length of the request promised another size: what is there is read once more.
        pieces = createPieceHashes(pieceBytesFor(size));
        const buffer = Buffer.allocUnsafeSlow(rereadBytes);
        for (let position = 0; position < size;) {
          const bytes = readSync(handle, buffer, 0, rereadBytes, position);
          if (bytes === 0) throw Object.assign(new Error('an upload lost bytes'), { code: 'EIO' });
          pieces.update(buffer.subarray(0, bytes));
          position += bytes;
        }
      }
      fsyncSync(handle);
      closeSync(handle);
      return { size, sha256: sha256.digest('hex'), pieceHashes: pieces.finish() };
    },
    drop: () => {
      closeSync(handle);
      unlinkSync(path);
    },
  };
}

interface PieceHashes {
  update(bytes: Buffer): void;
  finish(): Uint8Array;
}

function createPieceHashes(pieceBytes: number): PieceHashes {
  const hashes: Buffer[] = [];
  let hasher = new Blake3Hasher();
  let filled = 0;
  const next = (): void => {
    hashes.push(hasher.digestBuffer());
    hasher = new Blake3Hasher();
    filled = 0;
  };
  return {
    update: (bytes) => {
      for (let start = 0; start < bytes.length;) {
        const part = bytes.subarray(start, start + pieceBytes - filled);
        hasher.update(part);
        filled += part.length;
        start += part.length;
        if (filled === pieceBytes) next();
      }
    },
    finish: () => {
      if (filled > 0) next();
      return Buffer.concat(hashes);
    },
  };
}
