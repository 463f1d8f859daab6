import { EnxameError } from '../errors/enxame-error.js';
import {
  collectionHeadBytes,
  collectionMagic,
  collectionVersion,
  createCollection,
  emptyFolderKind,
  entryHeadBytes,
  fileKind,
  fileTailBytes,
  maxCollectionBytes,
  maxCollectionEntries,
  type Collection,
} from './collection.js';
import { maxContentBytes } from './piece-size.js';
import { toUtf8 } from './utf8.js';

/** Writes a collection's one document. (docs/spec/content.md, C9) */
export interface CollectionEncoder {
  /** In canonical order, with safe names: what a parser would refuse is the caller's mistake. */
  addFile(path: string, size: number, contentId: Uint8Array): void;
  addEmptyFolder(path: string): void;
  finish(): Collection;
}

const firstBytes = 64 * 1024;

/** `add` throws `too-large` for more than a collection may hold. */
export function createCollectionEncoder(): CollectionEncoder {
  let bytes = new Uint8Array(firstBytes);
  let end = collectionHeadBytes;
  let offsets = new Uint32Array(1024);
  let count = 0;
  let fileCount = 0;
  let totalBytes = 0;

  function add(kind: number, path: string, tailBytes: number): void {
    const name = toUtf8(path);
    const next = end + entryHeadBytes + name.length + tailBytes;
    if (count === maxCollectionEntries || next > maxCollectionBytes) throw new EnxameError('too-large');
    if (next > bytes.length) bytes = grown(bytes, new Uint8Array(Math.max(next, bytes.length * 2)));
    if (count === offsets.length) offsets = grown(offsets, new Uint32Array(count * 2));
    offsets[count++] = end;
    bytes[end] = kind;
    bytes[end + 1] = name.length >> 8;
    bytes[end + 2] = name.length & 0xff;
    bytes.set(name, end + entryHeadBytes);
    end = next;
  }

  return {
    addFile: (path, size, contentId) => {
      if (totalBytes + size > maxContentBytes) throw new EnxameError('too-large');
      add(fileKind, path, fileTailBytes);
      new DataView(bytes.buffer).setBigUint64(end - fileTailBytes, BigInt(size));
      bytes.set(contentId, end - fileTailBytes + 8);
      fileCount++;
      totalBytes += size;
    },
    addEmptyFolder: (path) => {
      add(emptyFolderKind, path, 0);
    },
    finish: () => {
      const document = bytes.slice(0, end);
      document.set(collectionMagic);
      document[4] = collectionVersion;
      const view = new DataView(document.buffer);
      view.setUint32(8, count);
      view.setUint32(12, fileCount);
      view.setBigUint64(16, BigInt(totalBytes));
      return createCollection(document, offsets.slice(0, count), fileCount);
    },
  };
}

function grown<T extends Uint8Array | Uint32Array>(from: T, into: T): T {
  into.set(from);
  return into;
}
