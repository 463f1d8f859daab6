import { EnxameError } from '../errors/enxame-error.js';
import { maxContentBytes, pieceCountFor } from './piece-size.js';

/** The piece hashes of a content, one after the other: 32 bytes of BLAKE3 for each piece. */
export interface Manifest {
  readonly size: number;
  readonly pieceHashes: Uint8Array;
}

export const pieceHashBytes = 32;
const magic = [0x45, 0x4e, 0x58, 0x4d]; // "ENXM"
const version = 1;
const headerBytes = 16;

/** How many bytes the encoding of a manifest takes, known from the content's size before the first byte arrives. */
export function manifestBytesFor(contentBytes: number): number {
  return headerBytes + pieceCountFor(contentBytes) * pieceHashBytes;
}

/**
 * The canonical encoding, whose BLAKE3 is the contentId: "ENXM", version (1 byte), three zero bytes, size (8 bytes,
 * big endian), then the piece hashes. One content has exactly one encoding. (docs/spec/content.md, C1)
 */
export function encodeManifest(manifest: Manifest): Uint8Array {
  const bytes = new Uint8Array(headerBytes + manifest.pieceHashes.length);
  bytes.set(magic);
  bytes[4] = version;
  new DataView(bytes.buffer).setBigUint64(8, BigInt(manifest.size));
  bytes.set(manifest.pieceHashes, headerBytes);
  return bytes;
}

/**
 * Reads an encoding that came from anywhere. Refuses, with `manifest-mismatch`, all but the canonical one: a wrong
 * header, a size above the limit, a count of hashes that does not follow from the size.
 */
export function parseManifest(bytes: Uint8Array): Manifest {
  const header = [...magic, version, 0, 0, 0];
  if (bytes.length < headerBytes || header.some((byte, index) => bytes[index] !== byte)) {
    throw new EnxameError('manifest-mismatch');
  }
  const size = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(8);
  if (size > BigInt(maxContentBytes) || bytes.length !== manifestBytesFor(Number(size))) {
    throw new EnxameError('manifest-mismatch');
  }
  return { size: Number(size), pieceHashes: bytes.slice(headerBytes) };
}

/** The 32 bytes that the piece at `index` must hash to. */
export function pieceHashAt(manifest: Manifest, index: number): Uint8Array {
  return manifest.pieceHashes.subarray(index * pieceHashBytes, (index + 1) * pieceHashBytes);
}
