import { pieceBytesFor, pieceCountFor, pieceLength } from '@enxame/shared/content/piece-size';
import { createPieceBits, hasPiece, setPiece, type PieceBits } from '@enxame/shared/peer/have';

/** Which pieces of a content are verified and written here. Pure; one bit a piece. */
export interface PieceMap {
  readonly count: number;
  /** Of each piece but the last. */
  readonly pieceBytes: number;
  readonly verifiedCount: number;
  readonly verifiedBytes: number;
  readonly isComplete: boolean;
  /** As `have` tells them; changes as pieces come. */
  readonly bits: PieceBits;
  isVerified(index: number): boolean;
  /** False when it was verified before. */
  markVerified(index: number): boolean;
}

export function createPieceMap(contentBytes: number): PieceMap {
  const count = pieceCountFor(contentBytes);
  const bits = createPieceBits(count);
  let verifiedCount = 0;
  let verifiedBytes = 0;
  return {
    count,
    pieceBytes: pieceBytesFor(contentBytes),
    bits,
    get verifiedCount() {
      return verifiedCount;
    },
    get verifiedBytes() {
      return verifiedBytes;
    },
    get isComplete() {
      return verifiedCount === count;
    },
    isVerified: (index) => hasPiece(bits, index),
    markVerified: (index) => {
      if (hasPiece(bits, index)) return false;
      setPiece(bits, index);
      verifiedCount++;
      verifiedBytes += pieceLength(contentBytes, index);
      return true;
    },
  };
}
