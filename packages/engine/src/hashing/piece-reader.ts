import { createHash, type Hash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { Blake3Hasher, blake3 } from '@napi-rs/blake-hash';
import { pieceHashBytes } from '@enxame/shared/content/manifest';
import { maxContentBytes, pieceBytesFor, pieceLength } from '@enxame/shared/content/piece-size';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { sha256AlongBytes, turnBytes, type Turn, type TurnReply } from './hash-messages.js';
import { isSameStamp, readFlags, stampOf, toReadError, type FileStamp } from './regular-file.js';

type PiecesTurn = Extract<Turn, { kind: 'pieces' }>;
type PiecesReply = Extract<TurnReply, { kind: 'pieces' }>;

/** Hashes ranges of files piece by piece. Throws what `read` says; `buffer` is reused for every read. */
export function createPieceReader(buffer: Buffer): { read(turn: PiecesTurn): PiecesReply } {
  const hasher = new Blake3Hasher();

  /** One piece, through the buffer; the number of bytes that were there. */
  function hashPiece(file: number, offset: number, length: number, into: Uint8Array, along: Hash | undefined): number {
    if (length <= buffer.length) {
      const read = readFully(file, buffer, length, offset);
      const piece = buffer.subarray(0, read);
      along?.update(piece);
      if (read === length) into.set(blake3(piece));
      return read;
    }
    hasher.reset();
    let done = 0;
    while (done < length) {
      const read = readFully(file, buffer, Math.min(buffer.length, length - done), offset + done);
      if (read === 0) return done;
      hasher.update(buffer.subarray(0, read));
      done += read;
    }
    into.set(hasher.digestBuffer());
    return done;
  }

  function readOpen(file: number, turn: PiecesTurn): PiecesReply {
    const startedAt = performance.now();
    const stamp = checkedStamp(file, turn.path, turn.stamp);
    const contentBytes = turn.contentBytes ?? stamp.size;
    if (contentBytes > maxContentBytes) throw new EnxameError('file-too-large', { name: basename(turn.path) });
    const pieceBytes = pieceBytesFor(contentBytes);
    const end = Math.min(contentBytes, stamp.size, turn.offset + turnBytes);
    const hashes = new Uint8Array(Math.ceil(Math.max(0, end - turn.offset) / pieceBytes) * pieceHashBytes);
    const along = turn.contentBytes === null && stamp.size <= sha256AlongBytes ? createHash('sha256') : undefined;
    let offset = turn.offset;
    let count = 0;
    while (offset < end) {
      const length = pieceLength(contentBytes, offset / pieceBytes);
      const into = hashes.subarray(count * pieceHashBytes, (count + 1) * pieceHashBytes);
      const read = hashPiece(file, offset, length, into, along);
      offset += read;
      if (read < length) break;
      count++;
    }
    // A file that must stay as it is may not end early; a part file may.
    if (turn.contentBytes === null && offset < end)
      throw new EnxameError('file-changed', { name: basename(turn.path) });
    checkedStamp(file, turn.path, stamp);
    return {
      kind: 'pieces',
      stamp,
      hashes: hashes.subarray(0, count * pieceHashBytes),
      bytesRead: offset - turn.offset,
      sha256: along?.digest('hex') ?? null,
      elapsedMs: performance.now() - startedAt,
    };
  }

  return {
    read: (turn) => {
      try {
        const file = openSync(turn.path, readFlags);
        try {
          return readOpen(file, turn);
        } finally {
          closeSync(file);
        }
      } catch (error) {
        throw toReadError(error, turn.path);
      }
    },
  };
}

/** Throws `path-not-a-file`, and `file-changed` when a stamp is given that is no longer right. */
export function checkedStamp(file: number, path: string, expected: FileStamp | null): FileStamp {
  const stats = fstatSync(file);
  if (!stats.isFile()) throw new EnxameError('path-not-a-file', { path });
  const stamp = stampOf(stats);
  if (expected && !isSameStamp(stamp, expected)) throw new EnxameError('file-changed', { name: basename(path) });
  return stamp;
}

/** Reads until `length` bytes or the end of the file; a single read may give less, as on network mounts. */
export function readFully(file: number, buffer: Buffer, length: number, offset: number): number {
  let done = 0;
  while (done < length) {
    const read = readSync(file, buffer, done, length - done, offset + done);
    if (read === 0) break;
    done += read;
  }
  return done;
}
