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
  foldFileName,
  maxCollectionBytes,
  maxCollectionDepth,
  maxCollectionEntries,
  maxCollectionPathBytes,
  type Collection,
} from './collection.js';
import { isSafeFileName } from './file-name.js';
import { maxContentBytes } from './piece-size.js';
import { fromUtf8 } from './utf8.js';

/** Reads a document in steps, so that a long one does not hold the thread that reads it. */
export interface CollectionParser {
  /** Reads so many entries more; the collection once all are read. Throws `collection-invalid`. */
  step(entries: number): Collection | undefined;
}

/** All of it at once. Throws `collection-invalid`. */
export function parseCollection(document: Uint8Array): Collection {
  const collection = createCollectionParser(document).step(maxCollectionEntries + 1);
  if (!collection) throw new EnxameError('collection-invalid');
  return collection;
}

/** Of a document that was parsed before, known by its hash: only where its entries are. Throws `collection-invalid`. */
export function openKnownCollection(document: Uint8Array): Collection {
  const view = new DataView(document.buffer, document.byteOffset, document.byteLength);
  const { count, fileCount } = readHead(document, view);
  const offsets = new Uint32Array(count);
  let offset = collectionHeadBytes;
  for (let index = 0; index < count; index++) {
    if (offset + entryHeadBytes > document.length) throw new EnxameError('collection-invalid');
    offsets[index] = offset;
    offset += entryHeadBytes + view.getUint16(offset + 1) + (document[offset] === fileKind ? fileTailBytes : 0);
  }
  if (offset !== document.length) throw new EnxameError('collection-invalid');
  return createCollection(document, offsets, fileCount);
}

const slash = 0x2f;

/**
 * Reads a document that came from anywhere, and refuses all but the canonical one of a folder that every system can
 * have: C9 to C11 of docs/spec/content.md. Linear in the document; beside it, it holds one number an entry and the
 * names of the folders that are open. Throws `collection-invalid`, here and in `step`.
 */
export function createCollectionParser(document: Uint8Array): CollectionParser {
  const view = new DataView(document.buffer, document.byteOffset, document.byteLength);
  const { count, fileCount, totalBytes } = readHead(document, view);
  const offsets = new Uint32Array(count);
  const tree = createNameTree(document);
  let offset = collectionHeadBytes;
  let index = 0;
  let files = 0;
  let bytes = 0;

  function readEntry(): void {
    if (offset + entryHeadBytes > document.length) throw new EnxameError('collection-invalid');
    const kind = document[offset];
    const start = offset + entryHeadBytes;
    const end = start + view.getUint16(offset + 1);
    const next = end + (kind === fileKind ? fileTailBytes : 0);
    if ((kind !== fileKind && kind !== emptyFolderKind) || next > document.length) {
      throw new EnxameError('collection-invalid');
    }
    tree.add(start, end);
    if (kind === fileKind) {
      const size = view.getBigUint64(end);
      if (size > BigInt(maxContentBytes)) throw new EnxameError('collection-invalid');
      bytes += Number(size);
      files++;
    }
    offsets[index++] = offset;
    offset = next;
  }

  return {
    step: (entries) => {
      for (const end = Math.min(count, index + entries); index < end;) readEntry();
      if (index < count) return undefined;
      if (offset !== document.length || files !== fileCount || bytes !== totalBytes) {
        throw new EnxameError('collection-invalid');
      }
      return createCollection(document, offsets, fileCount);
    },
  };
}

function readHead(
  document: Uint8Array,
  view: DataView,
): { readonly count: number; readonly fileCount: number; readonly totalBytes: number } {
  const head = [...collectionMagic, collectionVersion, 0, 0, 0];
  const isHead = document.length >= collectionHeadBytes && head.every((byte, at) => document[at] === byte);
  if (!isHead || document.length > maxCollectionBytes) throw new EnxameError('collection-invalid');
  const [count, fileCount, totalBytes] = [view.getUint32(8), view.getUint32(12), view.getBigUint64(16)];
  // Before memory is taken for them: a document of a few bytes may claim four thousand million.
  const isPossible =
    count <= maxCollectionEntries &&
    count * (entryHeadBytes + 1) <= document.length - collectionHeadBytes &&
    fileCount <= count &&
    totalBytes <= BigInt(maxContentBytes);
  if (!isPossible) throw new EnxameError('collection-invalid');
  return { count, fileCount, totalBytes: Number(totalBytes) };
}

/**
 * Checks paths as they come: order, names, and that no two can be one on some system. In canonical order a folder is
 * open exactly while its entries pass, so only the names of open folders have to be kept.
 */
function createNameTree(document: Uint8Array): { add(start: number, end: number): void } {
  /** Where each name of the last path ends, counted from its start. */
  let lastEnds: number[] = [];
  let lastStart = 0;
  /** The folded names seen in each open folder; the first is the collection itself. */
  const names: Set<string>[] = [new Set()];

  /** Where each name of a path ends. */
  function split(start: number, end: number): number[] {
    if (end - start > maxCollectionPathBytes) throw new EnxameError('collection-invalid');
    const ends: number[] = [];
    for (let at = start; at < end; at++) if (document[at] === slash) ends.push(at - start);
    ends.push(end - start);
    if (ends.length > maxCollectionDepth) throw new EnxameError('collection-invalid');
    return ends;
  }

  /** How many folders the path has in common with the last. Throws when it does not come after it. */
  function commonWithLast(start: number, ends: readonly number[]): number {
    let level = 0;
    for (let from = 0; level < lastEnds.length; level++) {
      const order = compareNames(
        lastStart + from,
        lastStart + (lastEnds[level] ?? 0),
        start + from,
        start + (ends[level] ?? 0),
      );
      if (order > 0) throw new EnxameError('collection-invalid');
      if (order < 0) break;
      // The same again, something inside a file, or inside a folder that was said to be empty.
      if (level === lastEnds.length - 1 || level === ends.length - 1) throw new EnxameError('collection-invalid');
      from = (ends[level] ?? 0) + 1;
    }
    return level;
  }

  /** Below zero when the first comes first. Bytes decide; of two that begin alike, the shorter. */
  function compareNames(left: number, leftEnd: number, right: number, rightEnd: number): number {
    const length = Math.min(leftEnd - left, rightEnd - right);
    for (let at = 0; at < length; at++) {
      const difference = (document[left + at] ?? 0) - (document[right + at] ?? 0);
      if (difference !== 0) return difference;
    }
    return leftEnd - left - (rightEnd - right);
  }

  return {
    add: (start, end) => {
      const ends = split(start, end);
      const common = lastEnds.length === 0 ? 0 : commonWithLast(start, ends);
      names.length = common + 1;
      for (let level = common; level < ends.length; level++) {
        const from = level === 0 ? 0 : (ends[level - 1] ?? 0) + 1;
        const name = fromUtf8(document, start + from, start + (ends[level] ?? 0));
        if (name === undefined || !isSafeFileName(name)) throw new EnxameError('collection-invalid');
        const siblings = (names[level] ??= new Set());
        const folded = foldFileName(name);
        if (siblings.has(folded)) throw new EnxameError('collection-invalid');
        siblings.add(folded);
      }
      lastStart = start;
      lastEnds = ends;
    },
  };
}
