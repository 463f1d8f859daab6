import { Blake3Hasher } from '@napi-rs/blake-hash';
import { pieceHashAt, type Manifest } from '@enxame/shared/content/manifest';
import { pieceBytesFor, pieceLength } from '@enxame/shared/content/piece-size';
import type { PartFile } from './part-file.js';
import type { PieceBuffers } from './piece-buffers.js';

/**
 * So much is hashed at a time, as it comes: it is still in the processor's cache then, and no large piece holds the event
 * loop. A power of two: BLAKE3 is quickest on whole subtrees.
 */
const hashStepBytes = 256 * 1024;

/**
 * Cuts the bytes of one range into pieces, verifies each, and writes the good ones, several at once where they come
 * fast. Bytes are copied once, from the socket's buffer to the piece's.
 */
export interface PieceReceiver {
  /** False: no more until `onRoom` was called. Throws what the disk said, and what `onWrongPiece` throws. */
  readonly sink: (chunk: Uint8Array) => boolean;
  /** Waits for the writes. Throws what the disk said. Gives every buffer back. */
  finish(): Promise<void>;
}

interface Piece {
  readonly buffer: Buffer;
  /** What of the buffer is the piece. */
  readonly data: Uint8Array;
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
  /** So many verified bytes may wait to be written together: each write is a trip to another thread and to the disk. */
  readonly batchBytes: number;
}): PieceReceiver {
  const { manifest, file, buffers } = options;
  const writes = new Set<Promise<void>>();
  let index = options.start / pieceBytesFor(manifest.size);
  let buffer: Buffer | undefined;
  let filled = 0;
  let hasher = new Blake3Hasher();
  let hashed = 0;
  let diskError: Error | undefined;
  /** Verified and adjacent, not yet being written; the last is the one before `index`. */
  let batch: Piece[] = [];
  let batchBytes = 0;

  function hashUpTo(end: number, piece: Buffer): void {
    if (end > hashed) hasher.update(piece.subarray(hashed, end));
    hashed = end;
  }

  function takeDigest(): Buffer {
    const digest = hasher.digestBuffer();
    hasher = new Blake3Hasher();
    hashed = 0;
    return digest;
  }

  function acceptPiece(buffer: Buffer, bytes: number): void {
    const current = index++;
    if (!takeDigest().equals(pieceHashAt(manifest, current))) {
      writeBatch(current);
      buffers.giveBack(buffer);
      options.onWrongPiece(current);
      return;
    }
    batch.push({ buffer, data: buffer.subarray(0, bytes) });
    batchBytes += bytes;
    if (batchBytes >= options.batchBytes) writeBatch(index);
  }

  /** Writes what waits: the pieces up to `end`. */
  function writeBatch(end: number): void {
    if (batch.length === 0) return;
    const pieces = batch;
    const first = end - pieces.length;
    batch = [];
    batchBytes = 0;
    const write = file
      .write(
        pieces.map(({ data }) => data),
        first,
      )
      .then(
        () => {
          for (const place of pieces.keys()) options.onVerified(first + place);
        },
        (error: unknown) => {
          diskError ??= error instanceof Error ? error : new Error(String(error));
        },
      )
      .finally(() => {
        writes.delete(write);
        for (const { buffer } of pieces) buffers.giveBack(buffer);
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
        const count = Math.min(chunk.length - offset, wanted - filled);
        buffer.set(count === chunk.length ? chunk : chunk.subarray(offset, offset + count), filled);
        offset += count;
        filled += count;
        hashUpTo(filled === wanted ? wanted : filled - (filled % hashStepBytes), buffer);
        if (filled === wanted) {
          const piece = buffer;
          buffer = undefined;
          filled = 0;
          acceptPiece(piece, wanted);
        }
      }
      options.onProgress(chunk.length);
      if (buffers.hasFree) return true;
      writeBatch(index); // or nothing would make room
      return writes.size === 0;
    },
    finish: async () => {
      if (buffer) buffers.giveBack(buffer);
      buffer = undefined;
      writeBatch(index);
      await Promise.all(writes);
      if (diskError !== undefined) throw diskError;
    },
  };
}
