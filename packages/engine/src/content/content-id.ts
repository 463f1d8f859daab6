import { blake3 } from '@napi-rs/blake-hash';
import { toBase32 } from '@enxame/shared/content/base32';
import { encodeManifest, type Manifest } from '@enxame/shared/content/manifest';
import type { ContentId } from '@enxame/shared/ids';

/** The id of the content that a manifest describes: BLAKE3 of its canonical encoding, in base32. (content.md, C1) */
export function contentIdOf(manifest: Manifest): ContentId {
  return toBase32(blake3(Buffer.from(encodeManifest(manifest).buffer))) as ContentId;
}

/** The 32 bytes of the id of a content that is one piece, or none. */
export function pieceContentId(piece: Buffer): Uint8Array {
  const pieceHashes = piece.length === 0 ? new Uint8Array() : blake3(piece);
  return blake3(Buffer.from(encodeManifest({ size: piece.length, pieceHashes }).buffer));
}
