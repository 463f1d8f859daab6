import { EnxameError } from '../errors/enxame-error.js';
import type { ContentId } from '../ids.js';
import { toBase32 } from './base32.js';
import { fromUtf8 } from './utf8.js';

/**
 * What a folder is as a content: the document that lists its files and empty folders. (docs/spec/content.md, C9)
 * Kept as its bytes with one number an entry beside them, for a million entries must not be a million objects.
 */
export interface Collection {
  /** The canonical document, whose content is the collection. */
  readonly document: Uint8Array;
  /** Where each entry begins in it. */
  readonly offsets: Uint32Array;
  /** Files and empty folders together; an index is below it. */
  readonly count: number;
  readonly fileCount: number;
  /** Of all files. */
  readonly totalBytes: number;
  isFile(index: number): boolean;
  /** Relative, with `/` between safe names. */
  path(index: number): string;
  /** 0 of an empty folder. */
  size(index: number): number;
  /** Throws of an empty folder. */
  contentId(index: number): ContentId;
  /** The 32 bytes of it, in the document itself. */
  contentIdBytes(index: number): Uint8Array;
}

/** Files and empty folders. At the least that an entry takes, a longer list would fill memory before it is refused. */
export const maxCollectionEntries = 1_000_000;
/** A million files with paths of 200 bytes; a receiver holds the document in memory. */
export const maxCollectionBytes = 256 * 1024 * 1024;
/** A path has to fit behind a folder of the receiver; Linux takes 4,096 bytes in all. */
export const maxCollectionPathBytes = 2048;
/** Names in a path. */
export const maxCollectionDepth = 64;

export const collectionHeadBytes = 24;
export const collectionVersion = 1;
export const collectionMagic = [0x45, 0x4e, 0x58, 0x43]; // "ENXC"
export const fileKind = 1;
export const emptyFolderKind = 2;
/** Kind and length of the path. */
export const entryHeadBytes = 3;
/** Size and contentId, behind the path of a file. */
export const fileTailBytes = 40;

/** A document that was read or written already: `offsets` says where each entry begins. */
export function createCollection(document: Uint8Array, offsets: Uint32Array, fileCount: number): Collection {
  const view = new DataView(document.buffer, document.byteOffset, document.byteLength);
  const offsetOf = (index: number): number => {
    const offset = offsets[index];
    if (offset === undefined) throw new RangeError(`no entry ${String(index)} in a collection`);
    return offset;
  };
  const isFile = (index: number): boolean => document[offsetOf(index)] === fileKind;
  const tailOf = (index: number): number => {
    const offset = offsetOf(index);
    return offset + entryHeadBytes + view.getUint16(offset + 1);
  };
  const contentIdBytes = (index: number): Uint8Array => {
    if (!isFile(index)) throw new RangeError(`entry ${String(index)} of a collection is a folder`);
    const tail = tailOf(index);
    return document.subarray(tail + 8, tail + fileTailBytes);
  };
  return {
    document,
    offsets,
    count: offsets.length,
    fileCount,
    totalBytes: Number(view.getBigUint64(16)),
    isFile,
    path: (index) => {
      const path = fromUtf8(document, offsetOf(index) + entryHeadBytes, tailOf(index));
      if (path === undefined) throw new EnxameError('collection-invalid');
      return path;
    },
    size: (index) => (isFile(index) ? Number(view.getBigUint64(tailOf(index))) : 0),
    contentId: (index) => toBase32(contentIdBytes(index)) as ContentId,
    contentIdBytes,
  };
}

/**
 * What two names must differ in to be two files everywhere: Windows and macOS do not tell upper case from lower.
 * Down and up again is the nearest to case folding that the language has.
 */
export function foldFileName(name: string): string {
  return name.normalize('NFC').toLowerCase().toUpperCase().normalize('NFC');
}
