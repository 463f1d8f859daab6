import { setImmediate as nextTurn } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import type { ByteRange } from '@enxame/engine/peer/byte-range';
import type { FolderContents } from './folder-contents.js';
import type { ZipLayout } from './zip-layout.js';

/** Lines of the list that are made between two looks at the rest of the work. */
const linesAtOnce = 1000;

/**
 * A part of the zip of a folder, in pieces. Where the checksums are not known before (`crcs`), it has to begin at the
 * first byte. Throws as reading does.
 */
export async function* zipBytes(
  layout: ZipLayout,
  folder: Pick<FolderContents, 'bytes' | 'crcs'>,
  { start, end }: ByteRange,
): AsyncGenerator<Uint8Array> {
  const { collection } = layout;
  const crcs = folder.crcs ?? new Uint32Array(collection.count);

  /** What of these bytes, which begin at `at`, is in the range. */
  const part = (bytes: Uint8Array, at: number): Uint8Array =>
    bytes.subarray(Math.max(0, start - at), Math.max(0, Math.min(bytes.length, end - at)));

  async function* file(index: number, dataStart: number): AsyncGenerator<Uint8Array> {
    const size = collection.size(index);
    const from = folder.crcs ? Math.min(size, Math.max(0, start - dataStart)) : 0;
    let at = dataStart + from;
    let crc = 0;
    if (from < size && at < end) {
      for await (const bytes of folder.bytes(index, from)) {
        if (!folder.crcs) crc = crc32(bytes, crc);
        const wanted = part(bytes, at);
        if (wanted.length > 0) yield wanted;
        at += bytes.length;
        if (at >= end) return;
      }
    }
    if (!folder.crcs) crcs[index] = crc;
  }

  for (let index = layout.entryAt(start); index < collection.count && start < layout.listStart; index++) {
    const entryStart = layout.entryStart(index);
    if (entryStart >= end) return;
    const head = layout.head(index);
    yield part(head, entryStart);
    if (!collection.isFile(index)) continue;
    const dataStart = entryStart + head.length;
    yield* file(index, dataStart);
    yield part(layout.tail(index, crcs[index] ?? 0), dataStart + collection.size(index));
  }

  let lines: Uint8Array[] = [];
  for (let index = 0; index < collection.count; index++) {
    const at = layout.lineStart(index);
    if (at >= end) break;
    if (layout.lineStart(index + 1) > start) lines.push(part(layout.line(index, crcs[index] ?? 0), at));
    if (lines.length < linesAtOnce) continue;
    yield Buffer.concat(lines);
    lines = [];
    await nextTurn();
  }
  yield Buffer.concat(lines);
  yield part(layout.end(), layout.lineStart(collection.count));
}
