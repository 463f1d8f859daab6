import type { FileHandle } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { unlimited, type RateTaker } from '../limits/rate-taker.js';
import { isSameStamp, stampOf } from '../hashing/regular-file.js';
import { createBodyWriter } from './body-writer.js';
import type { ByteRange } from './byte-range.js';

/** What is handed to the socket at once: TLS makes as much of it again, and both are still in the processor's cache. */
const chunkBytes = 256 * 1024;
/** Read at once for who asks for much: each read, and the look at the file after it, is a trip to another thread and back. */
const largeBlockBytes = 1024 * 1024;
/** For who asks for little, and is slow: memory for many of them. */
const blockBytes = 256 * 1024;
/** Only a receiver that takes megabytes a second asks for so much in one request. */
const largeRangeBytes = 16 * 1024 * 1024;

/**
 * Sends a part of an open file through reused buffers: memory does not grow with the file, nor with a slow receiver.
 * Resolves when all bytes were handed to the socket. Throws `file-changed` when the file ends too early or is written
 * to meanwhile, `cancelled` when the other side leaves, and what `onSent` throws. (docs/spec/peer-protocol.md, P8)
 */
export async function sendFile(
  handle: Pick<FileHandle, 'read' | 'stat'>,
  range: ByteRange,
  out: Writable,
  onSent: (bytes: number) => void,
  rate: RateTaker = unlimited,
): Promise<void> {
  const writer = createBodyWriter(out);
  const rangeBytes = range.end - range.start;
  const bufferBytes = rangeBytes < largeRangeBytes ? Math.min(blockBytes, rangeBytes) : largeBlockBytes;
  // One is read into while the other is sent: what is on its way after that, the system holds.
  let [reads, sends] = [Buffer.allocUnsafeSlow(bufferBytes), Buffer.allocUnsafeSlow(bufferBytes)];
  const stamp = stampOf(await handle.stat());
  let position = range.start;

  /** Begins to read at once, unless the rate says otherwise. */
  async function readInto(buffer: Buffer): Promise<Buffer> {
    const wanted = Math.min(buffer.length, range.end - position, rate.quantum());
    const wait = rate.take(wanted);
    if (wait) await writer.orClosed(wait);
    const { bytesRead } = await handle.read(buffer, 0, wanted, position);
    // Looked at after the read: bytes of a file that somebody is changing do not leave as the content.
    if (bytesRead === 0 || !isSameStamp(stampOf(await handle.stat()), stamp)) throw new EnxameError('file-changed');
    position += bytesRead;
    return buffer.subarray(0, bytesRead);
  }

  let reading = range.start < range.end ? readInto(reads) : undefined;
  while (reading) {
    const block = await reading;
    [reads, sends] = [sends, reads];
    reading = undefined;
    if (position < range.end) {
      // Before the write, within which TLS encrypts: the disk works meanwhile.
      reading = readInto(reads);
      reading.catch(() => undefined); // awaited at the next turn; until then a failure must not count as unhandled
    }
    for (let start = 0; start < block.length; start += chunkBytes) {
      const chunk = block.subarray(start, start + chunkBytes);
      await writer.write(chunk);
      onSent(chunk.length);
    }
  }
}
