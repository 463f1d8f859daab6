import { open } from 'node:fs/promises';
import { blake3 } from '@napi-rs/blake-hash';
import { pieceHashAt, type Manifest } from '@enxame/shared/content/manifest';
import { pieceBytesFor, pieceCountFor, pieceLength } from '@enxame/shared/content/piece-size';
import type { ContentId } from '@enxame/shared/ids';
import { contentIdOf } from '../content/content-id.js';

export interface TestContent {
  readonly bytes: Buffer;
  readonly manifest: Manifest;
  readonly contentId: ContentId;
}

/** Bytes that differ from piece to piece, the same for the same size and seed. */
export function createTestContent(size: number, seed = 1): TestContent {
  const bytes = Buffer.alloc(size);
  let state = seed;
  for (let index = 0; index < size; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[index] = state >>> 24;
  }
  const pieceBytes = pieceBytesFor(size);
  const hashes = Array.from({ length: pieceCountFor(size) }, (_, index) =>
    blake3(bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes)),
  );
  const manifest = { size, pieceHashes: Buffer.concat(hashes) };
  return { bytes, manifest, contentId: contentIdOf(manifest) };
}

/** What the hashing threads do, in this one. */
export async function verifyPiecesHere(path: string, manifest: Manifest): Promise<Uint8Array> {
  const verified = new Uint8Array(pieceCountFor(manifest.size));
  const handle = await open(path, 'r');
  try {
    for (const index of verified.keys()) {
      const piece = Buffer.alloc(pieceLength(manifest.size, index));
      await handle.read(piece, 0, piece.length, index * pieceBytesFor(manifest.size));
      verified[index] = blake3(piece).equals(pieceHashAt(manifest, index)) ? 1 : 0;
    }
  } finally {
    await handle.close();
  }
  return verified;
}
