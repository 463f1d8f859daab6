import type { Writable } from 'node:stream';
import { createBodyWriter } from '@enxame/engine/peer/body-writer';
import type { ByteRange } from '@enxame/engine/peer/byte-range';
import { pieceBytesFor } from '@enxame/shared/content/piece-size';
import type { SourceReader } from './source-reader.js';

const writeBytes = 256 * 1024;

/**
 * Sends a part of a content that a source has: each piece is verified before any byte of it leaves, and the next one is
 * fetched meanwhile. Holds two pieces. `onPiece` gets each. Throws what the reader throws, `cancelled` when who takes it leaves.
 */
export async function sendFromSource(
  reader: SourceReader,
  size: number,
  { start, end }: ByteRange,
  out: Writable,
  onSent: (bytes: number) => void,
  onPiece: (index: number, piece: Uint8Array) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const writer = createBodyWriter(out);
  const pieceBytes = pieceBytesFor(size);
  const last = Math.ceil(end / pieceBytes);
  let index = Math.floor(start / pieceBytes);
  let coming = index < last ? reader.piece(index) : undefined;
  while (coming) {
    const piece = await coming;
    const from = index * pieceBytes;
    await onPiece(index, piece);
    index++;
    coming = index < last ? reader.piece(index) : undefined;
    coming?.catch(() => undefined); // awaited at the next turn
    const part = piece.subarray(Math.max(0, start - from), Math.min(piece.length, end - from));
    for (let position = 0; position < part.length; position += writeBytes) {
      const chunk = part.subarray(position, position + writeBytes);
      await writer.write(chunk);
      onSent(chunk.length);
    }
  }
}
