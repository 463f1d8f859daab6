import { EnxameError } from '../errors/enxame-error.js';
import { pieceCountFor } from '../content/piece-size.js';

/** One bit for each piece, in order; the first piece is the highest bit of the first byte. Spare bits are zero. */
export type PieceBits = Uint8Array;

/** What a source tells of its pieces. (docs/spec/peer-protocol.md, P16) */
export interface Have {
  /** The pieces that it can send now. */
  readonly held: PieceBits;
  /** The pieces that it has sent, or is sending, to anybody: asked of it last, so that receivers take different ones. */
  readonly given: PieceBits;
}

export const pieceBitsBytes = (pieceCount: number): number => Math.ceil(pieceCount / 8);
export const createPieceBits = (pieceCount: number): PieceBits => new Uint8Array(pieceBitsBytes(pieceCount));
export const hasPiece = (bits: PieceBits, index: number): boolean =>
  ((bits[index >> 3] ?? 0) & (128 >> (index & 7))) !== 0;

export function setPiece(bits: PieceBits, index: number): void {
  bits[index >> 3] = (bits[index >> 3] ?? 0) | (128 >> (index & 7));
}

export function clearPiece(bits: PieceBits, index: number): void {
  bits[index >> 3] = (bits[index >> 3] ?? 0) & ~(128 >> (index & 7));
}

/** All pieces of a content. */
export function createFullBits(pieceCount: number): PieceBits {
  const bits = createPieceBits(pieceCount).fill(255);
  const spare = bits.length * 8 - pieceCount;
  if (spare > 0) bits[bits.length - 1] = (255 << spare) & 255;
  return bits;
}

/** How long the answer is: it follows from the size of the content; 256 KiB for the largest. */
export const haveBytesFor = (contentBytes: number): number => 2 * pieceBitsBytes(pieceCountFor(contentBytes));

export function encodeHave({ held, given }: Have): Uint8Array {
  const bytes = new Uint8Array(held.length + given.length);
  bytes.set(held);
  bytes.set(given, held.length);
  return bytes;
}

/** Throws `source-lied` for anything but the one encoding: another length, or a bit for a piece that does not exist. */
export function parseHave(bytes: Uint8Array, pieceCount: number): Have {
  const length = pieceBitsBytes(pieceCount);
  const [held, given] = [bytes.slice(0, length), bytes.slice(length)];
  const spare = (1 << (length * 8 - pieceCount)) - 1;
  const hasSpare = [held, given].some((bits) => ((bits.at(-1) ?? 0) & spare) !== 0);
  if (bytes.length !== 2 * length || hasSpare) throw new EnxameError('source-lied');
  return { held, given };
}
