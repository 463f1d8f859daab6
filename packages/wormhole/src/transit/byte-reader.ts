import type { Duplex } from 'node:stream';
import { EnxameError } from '@enxame/shared/errors/enxame-error';

/** The bytes of a connection, so many at a time. One reader at a time; asks the network for no more than is wanted. */
export interface ByteReader {
  /** Exactly so many. Throws `other-side-left` when the connection ends before. */
  read(count: number): Promise<Buffer>;
  /** As `read`, but undefined when the connection ends before the first of them. */
  readOrEnd(count: number): Promise<Buffer | undefined>;
  /** Bytes that have come and were not read. */
  readonly held: number;
}

/** So much may wait in memory before the connection is paused. */
const highWaterBytes = 1024 * 1024;

export function createByteReader(stream: Duplex): ByteReader {
  let chunks: Buffer[] = [];
  let held = 0;
  let wanted = 0;
  let hasEnded = false;
  let wake: () => void = () => undefined;

  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    held += chunk.length;
    if (held >= Math.max(highWaterBytes, wanted)) stream.pause();
    if (held >= wanted) wake();
  });
  const end = (): void => {
    hasEnded = true;
    wake();
  };
  stream.on('end', end);
  stream.on('close', end);

  function take(count: number): Buffer {
    const first = chunks[0];
    if (first && first.length === count) {
      chunks.shift();
      held -= count;
      return first;
    }
    if (first && first.length > count) {
      chunks[0] = first.subarray(count);
      held -= count;
      return first.subarray(0, count);
    }
    const all = Buffer.concat(chunks);
    chunks = all.length > count ? [all.subarray(count)] : [];
    held -= count;
    return all.subarray(0, count);
  }

  async function readOrEnd(count: number): Promise<Buffer | undefined> {
    wanted = count;
    while (held < count) {
      if (hasEnded) {
        if (held === 0) return undefined;
        throw new EnxameError('other-side-left');
      }
      stream.resume();
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return take(count);
  }

  return {
    get held() {
      return held;
    },
    readOrEnd,
    read: async (count) => {
      const bytes = await readOrEnd(count);
      if (!bytes) throw new EnxameError('other-side-left');
      return bytes;
    },
  };
}
