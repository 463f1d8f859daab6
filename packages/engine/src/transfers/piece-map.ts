import { pieceBytesFor, pieceCountFor, pieceLength } from '@enxame/shared/content/piece-size';
import type { ByteRange } from '../peer/byte-range.js';

/** Which pieces of a content are verified here. Pure; one byte a piece. */
export interface PieceMap {
  readonly count: number;
  readonly verifiedCount: number;
  readonly verifiedBytes: number;
  readonly isComplete: boolean;
  markVerified(index: number): void;
  /** The first run of missing pieces, as bytes, at most `maxBytes` long but at least one piece; undefined when complete. */
  nextMissing(maxBytes: number): ByteRange | undefined;
}

export function createPieceMap(contentBytes: number): PieceMap {
  const count = pieceCountFor(contentBytes);
  const pieceBytes = pieceBytesFor(contentBytes);
  const verified = new Uint8Array(count);
  let verifiedCount = 0;
  let verifiedBytes = 0;
  let firstMissing = 0;
  return {
    count,
    get verifiedCount() {
      return verifiedCount;
    },
    get verifiedBytes() {
      return verifiedBytes;
    },
    get isComplete() {
      return verifiedCount === count;
    },
    markVerified: (index) => {
      if (verified[index] !== 0) return;
      verified[index] = 1;
      verifiedCount++;
      verifiedBytes += pieceLength(contentBytes, index);
    },
    nextMissing: (maxBytes) => {
      while (firstMissing < count && verified[firstMissing] === 1) firstMissing++;
      if (firstMissing === count) return undefined;
      const limit = Math.min(count, firstMissing + Math.max(1, Math.floor(maxBytes / pieceBytes)));
      let end = firstMissing + 1;
      while (end < limit && verified[end] === 0) end++;
      return { start: firstMissing * pieceBytes, end: Math.min(end * pieceBytes, contentBytes) };
    },
  };
}
