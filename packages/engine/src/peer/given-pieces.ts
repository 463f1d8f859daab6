import { pieceBytesFor, pieceCountFor } from '@enxame/shared/content/piece-size';
import type { ContentId } from '@enxame/shared/ids';
import { clearPiece, createPieceBits, hasPiece, setPiece, type PieceBits } from '@enxame/shared/peer/have';
import type { ByteRange } from './byte-range.js';

/** Which pieces of one content were sent, or are being sent, to anybody. */
export interface GivenContent {
  readonly bits: PieceBits;
  /** A request for the range is answered; `end` tells how much of it was sent. */
  begin(range: ByteRange): { end(bytesSent: number): void };
}

/**
 * What went out lately, so that receivers of the same content ask for different pieces (P16). A hint and no more: kept
 * in memory, for the contents that were asked for last.
 */
export interface GivenPieces {
  of(contentId: ContentId, contentBytes: number): GivenContent;
}

/** The bits of 32 contents of the largest size, or of 16,000 ordinary ones. */
const maxBytes = 4 * 1024 * 1024;

export function createGivenPieces(): GivenPieces {
  /** The one that was asked for last is the last. */
  const contents = new Map<ContentId, PieceBits>();
  let bytes = 0;

  function bitsOf(contentId: ContentId, pieceCount: number): PieceBits {
    const bits = contents.get(contentId) ?? createPieceBits(pieceCount);
    if (!contents.delete(contentId)) bytes += bits.length;
    contents.set(contentId, bits);
    for (const [oldest, old] of contents) {
      if (bytes <= maxBytes) break;
      contents.delete(oldest);
      bytes -= old.length;
    }
    return bits;
  }

  return {
    of: (contentId, contentBytes) => {
      const pieceBytes = pieceBytesFor(contentBytes);
      const pieceCount = pieceCountFor(contentBytes);
      const bits = bitsOf(contentId, pieceCount);
      return {
        bits,
        begin: ({ start, end }) => {
          const first = Math.floor(start / pieceBytes);
          const last = Math.ceil(end / pieceBytes);
          for (let index = first; index < last; index++) setPiece(bits, index);
          // When everybody could have everything, the hint says nothing: it begins anew.
          if (isFull(bits, pieceCount)) bits.fill(0);
          return {
            end: (bytesSent) => {
              const sentUpTo = start + bytesSent;
              for (let index = first; index < last; index++)
                if (Math.min((index + 1) * pieceBytes, end) > sentUpTo) clearPiece(bits, index);
            },
          };
        },
      };
    },
  };
}

function isFull(bits: PieceBits, pieceCount: number): boolean {
  for (let index = 0; index < pieceCount; index++) if (!hasPiece(bits, index)) return false;
  return true;
}
