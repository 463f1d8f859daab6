import { setImmediate as nextTurn } from 'node:timers/promises';
import { blake3 } from '@napi-rs/blake-hash';
import { pieceHashBytes, type Manifest } from '@enxame/shared/content/manifest';
import { pieceBytesFor, pieceCountFor } from '@enxame/shared/content/piece-size';
import type { ContentId } from '@enxame/shared/ids';
import { contentIdOf } from '../content/content-id.js';

/** Hashed between two looks at the rest of the engine's work: some milliseconds. */
const sliceBytes = 8 * 1024 * 1024;

/** The manifest of bytes in memory, and its id. */
export async function documentManifest(
  document: Uint8Array,
): Promise<{ readonly manifest: Manifest; readonly contentId: ContentId }> {
  const size = document.length;
  const pieceBytes = pieceBytesFor(size);
  const pieceHashes = new Uint8Array(pieceCountFor(size) * pieceHashBytes);
  let unseen = 0;
  for (let at = 0, index = 0; at < size; at += pieceBytes, index++) {
    const piece = document.subarray(at, at + pieceBytes);
    pieceHashes.set(blake3(Buffer.from(piece.buffer, piece.byteOffset, piece.length)), index * pieceHashBytes);
    unseen += pieceBytes;
    if (unseen < sliceBytes) continue;
    unseen = 0;
    await nextTurn();
  }
  const manifest = { size, pieceHashes };
  return { manifest, contentId: contentIdOf(manifest) };
}
