import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Collection } from '@enxame/shared/content/collection';

/** A zip of a folder, known to the byte before any file of it was read: only the checksums are missing. (H36) */
export interface ZipLayout {
  readonly collection: Collection;
  readonly size: number;
  /** Where the list of entries begins, behind the last of them. */
  readonly listStart: number;
  /** The entry that a byte before `listStart` belongs to. */
  entryAt(position: number): number;
  /** Where an entry begins: its head, its bytes, its tail. */
  entryStart(index: number): number;
  head(index: number): Buffer;
  /** Of a file; nothing of an empty folder. */
  tail(index: number, crc: number): Buffer;
  /** Where the line of an entry begins in the list; `count` is where the end begins. */
  lineStart(index: number): number;
  line(index: number, crc: number): Buffer;
  end(): Buffer;
}

// PKWARE's APPNOTE 6.3.10. Stored, names in UTF-8, sizes and checksum behind the bytes; 64 bits where 32 do not hold.
const [headBytes, lineBytes, endBytes] = [30, 46, 22] as const;
const [end64Bytes, locatorBytes] = [56, 20] as const;
const [tailBytes, tail64Bytes, extra64Bytes] = [16, 24, 20] as const;
const most32 = 0xffff_ffff;
const most16 = 0xffff;
const [version20, version45, unixHost] = [20, 45, 3 << 8] as const;
const [withTail, inUtf8] = [1 << 3, 1 << 11] as const;
/** A collection knows no times; the first day that a zip can name. */
const date = (1 << 5) | 1;
const [fileMode, folderMode] = [(0o100_644 << 16) >>> 0, ((0o40_755 << 16) | 0x10) >>> 0] as const;

/** Entries that are looked at between two looks at the rest of the work. */
const entriesAtOnce = 2000;

export async function createZipLayout(collection: Collection): Promise<ZipLayout> {
  const { count } = collection;
  const entryStarts = new Float64Array(count + 1);
  const lineStarts = new Float64Array(count + 1);

  const nameOf = (index: number): Buffer =>
    Buffer.from(collection.isFile(index) ? collection.path(index) : `${collection.path(index)}/`);
  const isLarge = (index: number): boolean => collection.size(index) >= most32;
  const isFar = (index: number): boolean => (entryStarts[index] ?? 0) >= most32;
  const flagsOf = (index: number): number => inUtf8 | (collection.isFile(index) ? withTail : 0);

  for (let index = 0; index < count; index++) {
    const [name, size] = [nameOf(index).length, collection.size(index)];
    const tail = collection.isFile(index) ? (isLarge(index) ? tail64Bytes : tailBytes) : 0;
    const head = headBytes + name + (isLarge(index) ? extra64Bytes : 0);
    entryStarts[index + 1] = (entryStarts[index] ?? 0) + head + size + tail;
    lineStarts[index + 1] = (lineStarts[index] ?? 0) + lineBytes + name + extraOf(index).length;
    if (index % entriesAtOnce === entriesAtOnce - 1) await nextTurn();
  }
  const listStart = entryStarts[count] ?? 0;
  const listBytes = lineStarts[count] ?? 0;
  const endStart = listStart + listBytes;
  const is64 = count >= most16 || listStart >= most32 || listBytes >= most32;

  /** Of its line: what does not fit in 32 bits. */
  function extraOf(index: number): Buffer {
    const numbers = [
      ...(isLarge(index) ? [collection.size(index), collection.size(index)] : []),
      ...(isFar(index) ? [entryStarts[index] ?? 0] : []),
    ];
    if (numbers.length === 0) return Buffer.alloc(0);
    const extra = Buffer.alloc(4 + numbers.length * 8);
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(numbers.length * 8, 2);
    for (const [at, number] of numbers.entries()) extra.writeBigUInt64LE(BigInt(number), 4 + at * 8);
    return extra;
  }

  return {
    collection,
    size: endStart + (is64 ? end64Bytes + locatorBytes : 0) + endBytes,
    listStart,
    entryAt: (position) => {
      let [low, high] = [0, count - 1];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((entryStarts[middle] ?? 0) <= position) low = middle;
        else high = middle - 1;
      }
      return low;
    },
    entryStart: (index) => entryStarts[index] ?? 0,
    head: (index) => {
      const name = nameOf(index);
      const extra = isLarge(index) ? Buffer.alloc(extra64Bytes) : Buffer.alloc(0);
      if (extra.length > 0) extra.set([1, 0, extra64Bytes - 4, 0]); // both sizes are in the tail
      const head = Buffer.alloc(headBytes);
      head.writeUInt32LE(0x0403_4b50, 0);
      head.writeUInt16LE(isLarge(index) ? version45 : version20, 4);
      head.writeUInt16LE(flagsOf(index), 6);
      head.writeUInt16LE(date, 12);
      if (isLarge(index)) head.fill(0xff, 18, 26);
      head.writeUInt16LE(name.length, 26);
      head.writeUInt16LE(extra.length, 28);
      return Buffer.concat([head, name, extra]);
    },
    tail: (index, crc) => {
      if (!collection.isFile(index)) return Buffer.alloc(0);
      const size = collection.size(index);
      const tail = Buffer.alloc(isLarge(index) ? tail64Bytes : tailBytes);
      tail.writeUInt32LE(0x0807_4b50, 0);
      tail.writeUInt32LE(crc, 4);
      if (isLarge(index)) for (const at of [8, 16]) tail.writeBigUInt64LE(BigInt(size), at);
      else for (const at of [8, 12]) tail.writeUInt32LE(size, at);
      return tail;
    },
    lineStart: (index) => listStart + (lineStarts[index] ?? 0),
    line: (index, crc) => {
      const [name, extra] = [nameOf(index), extraOf(index)];
      const version = isLarge(index) || isFar(index) ? version45 : version20;
      const line = Buffer.alloc(lineBytes);
      line.writeUInt32LE(0x0201_4b50, 0);
      line.writeUInt16LE(unixHost | version, 4);
      line.writeUInt16LE(version, 6);
      line.writeUInt16LE(flagsOf(index), 8);
      line.writeUInt16LE(date, 14);
      line.writeUInt32LE(crc, 16);
      for (const at of [20, 24]) line.writeUInt32LE(Math.min(collection.size(index), most32), at);
      line.writeUInt16LE(name.length, 28);
      line.writeUInt16LE(extra.length, 30);
      line.writeUInt32LE(collection.isFile(index) ? fileMode : folderMode, 38);
      line.writeUInt32LE(Math.min(entryStarts[index] ?? 0, most32), 42);
      return Buffer.concat([line, name, extra]);
    },
    end: () => {
      const end = Buffer.alloc(endBytes);
      end.writeUInt32LE(0x0605_4b50, 0);
      for (const at of [8, 10]) end.writeUInt16LE(Math.min(count, most16), at);
      end.writeUInt32LE(Math.min(listBytes, most32), 12);
      end.writeUInt32LE(Math.min(listStart, most32), 16);
      return is64 ? Buffer.concat([end64(count, listBytes, listStart), end]) : end;
    },
  };
}

/** The end in 64 bits, and what says where it is. */
function end64(count: number, listBytes: number, listStart: number): Buffer {
  const end = Buffer.alloc(end64Bytes + locatorBytes);
  end.writeUInt32LE(0x0606_4b50, 0);
  end.writeBigUInt64LE(BigInt(end64Bytes - 12), 4);
  end.writeUInt16LE(unixHost | version45, 12);
  end.writeUInt16LE(version45, 14);
  for (const at of [24, 32]) end.writeBigUInt64LE(BigInt(count), at);
  end.writeBigUInt64LE(BigInt(listBytes), 40);
  end.writeBigUInt64LE(BigInt(listStart), 48);
  end.writeUInt32LE(0x0706_4b50, end64Bytes);
  end.writeBigUInt64LE(BigInt(listStart + listBytes), end64Bytes + 8);
  end.writeUInt32LE(1, end64Bytes + 16);
  return end;
}
