import { EnxameError } from '../errors/enxame-error.js';
import type { ContentId } from '../ids.js';

// Many small files of a collection in one answer. (docs/spec/peer-protocol.md, P50 to P53)

/** A file above it is fetched for itself: it has pieces, and sources of its own. */
export const maxPackedFileBytes = 256 * 1024;
/** What a sender reads into memory for one answer, beside a byte a file; one file may be all of it. */
export const maxPackBytes = 1024 * 1024;
export const maxPackFiles = 1024;
/** The request line must fit in a head of 8 KiB. */
export const maxPackRanges = 256;
const maxQueryChars = 5000;

export const packPath = (collectionId: ContentId, indexes: readonly number[]): string =>
  `/v1/collection/${collectionId}/pack?files=${toPackRanges(indexes)}`;

/** "0-99,120": indexes of a collection's entries, ascending. */
export function toPackRanges(indexes: readonly number[]): string {
  const ranges: string[] = [];
  for (let at = 0; at < indexes.length;) {
    const first = indexes[at] ?? 0;
    let last = first;
    while (indexes[++at] === last + 1) last++;
    ranges.push(first === last ? String(first) : `${String(first)}-${String(last)}`);
  }
  return ranges.join(',');
}

/** Throws `bad-request` for anything but ascending ranges, and for more than an answer may carry. */
export function parsePackRanges(text: string): number[] {
  const ranges = text.length <= maxQueryChars ? text.split(',') : [];
  if (ranges.length === 0 || ranges.length > maxPackRanges) throw new EnxameError('bad-request');
  const indexes: number[] = [];
  for (const range of ranges) {
    const [, first, last = first] = /^(\d{1,7})(?:-(\d{1,7}))?$/.exec(range) ?? [];
    const [from, to] = [Number(first), Number(last)];
    const isNext = first !== undefined && to >= from && from > (indexes.at(-1) ?? -1);
    if (!isNext || indexes.length + to - from + 1 > maxPackFiles) throw new EnxameError('bad-request');
    for (let index = from; index <= to; index++) indexes.push(index);
  }
  return indexes;
}

/** How many of the indexes, from `start` on, one request may ask for; at least one. */
export function packLength(indexes: readonly number[], start: number, sizeOf: (index: number) => number): number {
  let bytes = 0;
  let ranges = 0;
  let length = 0;
  for (let at = start; at < indexes.length && length < maxPackFiles; at++) {
    const index = indexes[at] ?? 0;
    if (at === start || index !== (indexes[at - 1] ?? 0) + 1) ranges++;
    bytes += sizeOf(index);
    if (length > 0 && (bytes > maxPackBytes || ranges > maxPackRanges)) break;
    length++;
  }
  return length;
}
