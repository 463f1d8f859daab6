import type { Collection } from '@enxame/shared/content/collection';
import { pieceHashBytes } from '@enxame/shared/content/manifest';
import { pieceCountFor } from '@enxame/shared/content/piece-size';

const crcBytes = 4;

/**
 * Where what is kept of a folder lies: its files one after the other in one file (`.files`), and beside them (`.sums`) the
 * CRC-32 of each entry, then the piece hashes of the files that have more than one piece.
 */
export interface FolderLayout {
  readonly filesBytes: number;
  readonly sumsBytes: number;
  /** Where the bytes of a file begin in `.files`. */
  dataStart(index: number): number;
  /** Where its piece hashes are in `.sums`; empty for one of a single piece. */
  hashes(index: number): { readonly start: number; readonly end: number };
}

export function createFolderLayout(collection: Collection): FolderLayout {
  const { count } = collection;
  const dataStarts = new Float64Array(count + 1);
  const hashStarts = new Float64Array(count + 1);
  hashStarts[0] = count * crcBytes;
  for (let index = 0; index < count; index++) {
    const size = collection.size(index);
    const pieces = pieceCountFor(size);
    dataStarts[index + 1] = (dataStarts[index] ?? 0) + size;
    hashStarts[index + 1] = (hashStarts[index] ?? 0) + (pieces > 1 ? pieces * pieceHashBytes : 0);
  }
  const hashStart = (index: number): number => hashStarts[index] ?? 0;
  return {
    filesBytes: dataStarts[count] ?? 0,
    sumsBytes: hashStart(count),
    dataStart: (index) => dataStarts[index] ?? 0,
    hashes: (index) => ({ start: hashStart(index), end: hashStart(index + 1) }),
  };
}

/** The beginning of `.sums`. */
export function encodeCrcs(crcs: Uint32Array): Buffer {
  const bytes = Buffer.alloc(crcs.length * crcBytes);
  for (const [index, crc] of crcs.entries()) bytes.writeUInt32LE(crc, index * crcBytes);
  return bytes;
}

export function decodeCrcs(bytes: Buffer): Uint32Array {
  return Uint32Array.from({ length: bytes.length / crcBytes }, (_, index) => bytes.readUInt32LE(index * crcBytes));
}
