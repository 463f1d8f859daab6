import { EnxameError } from '@enxame/shared/errors/enxame-error';

/**
 * The files of a pack, one after the other: a byte that says whether it is here, and its bytes if it is. The sizes
 * are in the collection. (docs/spec/peer-protocol.md, P52)
 */
export const presentByte = 1;
export const missingByte = 0;

/** How long a frame may be: every file may be there. */
export function maxFrameBytes(sizes: Iterable<number>): number {
  let bytes = 0;
  for (const size of sizes) bytes += 1 + size;
  return bytes;
}

/** Cuts a frame that came from anywhere; null for a missing file. Throws `source-lied` for what is no frame. */
export function splitFrame(frame: Uint8Array, sizes: readonly number[]): (Uint8Array | null)[] {
  const files: (Uint8Array | null)[] = [];
  let at = 0;
  for (const size of sizes) {
    const mark = frame[at++];
    const end = mark === presentByte ? at + size : at;
    if ((mark !== presentByte && mark !== missingByte) || end > frame.length) throw new EnxameError('source-lied');
    files.push(mark === presentByte ? frame.subarray(at, end) : null);
    at = end;
  }
  if (at !== frame.length) throw new EnxameError('source-lied');
  return files;
}
