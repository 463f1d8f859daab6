import { Blake3Hasher } from '@napi-rs/blake-hash';
import { pieceHashAt, type Manifest } from '@enxame/shared/content/manifest';
import { pieceBytesFor, pieceLength } from '@enxame/shared/content/piece-size';
import type { PartFile } from './part-file.js';
import type { PieceBuffers } from './piece-buffers.js';

/**
 * Cuts the bytes of one range into pieces, verifies each, and writes the good ones. Bytes are copied once, from the
 * socket's buffer to the piece's.
 */
export interface PieceReceiver {
  /** False: no more until `onRoom` was called. Throws what the disk said, and what `onWrongPiece` throws. */
  readonly sink: (chunk: Uint8Array) => boolean;
  /** Waits for the writes. Throws what the disk said. Gives every buffer back. */
  finish(): Promise<void>;
}

export function createPieceReceiver(options: {
  readonly manifest: Manifest;
  /** A multiple of the piece size. */
  readonly start: number;
  readonly file: Pick<PartFile, 'write'>;
  readonly buffers: PieceBuffers;
  readonly onRoom: () => void;
  readonly onProgress: (bytes: number) => void;
  /** A piece is verified and written; it may have come from somebody else before. */
  readonly onVerified: (index: number) => void;
  readonly onWrongPiece: (index: number) => void;
}): PieceReceiver {
  const { manifest, file, buffers } = options;
  const writes = new Set<Promise<void>>();
  let index = options.start / pieceBytesFor(manifest.size);
  let buffer: Buffer | undefined;
  let filled = 0;
  let diskError: Error | undefined;

  function acceptPiece(piece: Buffer, bytes: number): void {
    const current = index++;
    const data = piece.subarray(0, bytes);
    if (!isPiece(data, pieceHashAt(manifest, current))) {
      buffers.giveBack(piece);
      options.onWrongPiece(current);
      return;
    }
    const write = file
      .write(data, current)
      .then(
        () => {
          options.onVerified(current);
        },
        (error: unknown) => {
          diskError ??= error instanceof Error ? error : new Error(String(error));
        },
      )
      .finally(() => {
        writes.delete(write);
        buffers.giveBack(piece);
        options.onRoom();
      });
    writes.add(write);
  }

  return {
    sink: (chunk) => {
      if (diskError !== undefined) throw diskError; // or the rest of the range would come for nothing
      let offset = 0;
      while (offset < chunk.length) {
        buffer ??= buffers.take();
        const wanted = pieceLength(manifest.size, index);
        const part = chunk.subarray(offset, offset + wanted - filled);
        buffer.set(part, filled);
        offset += part.length;
        filled += part.length;
        if (filled === wanted) {
          const piece = buffer;
          buffer = undefined;
          filled = 0;
          acceptPiece(piece, wanted);
        }
      }
      options.onProgress(chunk.length);
      return buffers.hasFree || writes.size === 0;
    },
    finish: async () => {
      if (buffer) buffers.giveBack(buffer);
      buffer = undefined;
      await Promise.all(writes);
      if (diskError !== undefined) throw diskError;
    },
  };
}

/** Whether the bytes are the piece that the manifest means. */
function isPiece(bytes: Buffer, hash: Uint8Array): boolean {
  const hasher = new Blake3Hasher();
  hasher.update(bytes);
  return hasher.digestBuffer().equals(hash);
}
