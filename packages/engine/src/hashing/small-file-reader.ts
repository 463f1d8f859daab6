import { closeSync, fstatSync, openSync } from 'node:fs';
import { EnxameError, toErrorInfo } from '@enxame/shared/errors/enxame-error';
import { pieceContentId } from '../content/content-id.js';
import { smallFileBytes, type SmallFile, type SmallFileResult } from './hash-messages.js';
import { checkedStamp, readFully } from './piece-reader.js';
import { isSameStamp, readFlags, stampOf, toReadError } from './regular-file.js';

/** `buffer` holds one small file and is reused for the next. */
export function createSmallFileReader(buffer: Buffer): { read(file: SmallFile): SmallFileResult } {
  if (buffer.length < smallFileBytes) throw new RangeError('a small file does not fit');

  function readOpen(file: number, { path, known }: SmallFile): SmallFileResult {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw new EnxameError('path-not-a-file', { path });
    const stamp = stampOf(stats);
    const isKnown = known !== null && isSameStamp(stamp, known);
    if (isKnown || stamp.size > smallFileBytes) return { stamp, contentId: null, isKnown };
    const read = readFully(file, buffer, stamp.size, 0);
    // One that is being written to is hashed again when it is quiet; now its bytes are nobody's.
    if (read < stamp.size) throw new EnxameError('file-changed', { name: path });
    checkedStamp(file, path, stamp);
    return { stamp, contentId: pieceContentId(buffer.subarray(0, read)), isKnown };
  }

  return {
    read: (wanted) => {
      try {
        const file = openSync(wanted.path, readFlags);
        try {
          return readOpen(file, wanted);
        } finally {
          closeSync(file);
        }
      } catch (error) {
        return { error: toErrorInfo(toReadError(error, wanted.path)) };
      }
    },
  };
}
