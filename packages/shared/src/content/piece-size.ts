const minPieceBytes = 256 * 1024;
/** A receiver holds whole pieces in memory until they are verified, so a piece must stay small beside its RSS. */
const maxPieceBytes = 16 * 1024 * 1024;
const wantedPieces = 2048;

/** The largest content: with it a manifest has 2^20 pieces and takes 32 MiB. */
export const maxContentBytes = maxPieceBytes * 2 ** 20;

/**
 * The piece size of a content, which follows from its size alone: the smallest power of two that gives at most 2,048
 * pieces, between 256 KiB and 16 MiB. (docs/spec/content.md, C2)
 */
export function pieceBytesFor(contentBytes: number): number {
  let pieceBytes = minPieceBytes;
  while (pieceBytes < maxPieceBytes && pieceBytes * wantedPieces < contentBytes) pieceBytes *= 2;
  return pieceBytes;
}

export function pieceCountFor(contentBytes: number): number {
  return Math.ceil(contentBytes / pieceBytesFor(contentBytes));
}

/** The size of one piece: the last is what is left. */
export function pieceLength(contentBytes: number, index: number): number {
  const pieceBytes = pieceBytesFor(contentBytes);
  return Math.min(pieceBytes, contentBytes - index * pieceBytes);
}
