import type { FileHandle } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { unlimited, type RateTaker } from '../limits/rate-taker.js';
import { isSameStamp, stampOf } from '../hashing/regular-file.js';
import { createBodyWriter } from './body-writer.js';
import type { ByteRange } from './byte-range.js';

/** Large enough that a read costs little beside the encryption of its bytes. */
const chunkBytes = 512 * 1024;
/** One being read, the others on their way: neither the disk nor the socket waits for the other's turn. */
const chunksInFlight = 4;

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
  const slots = Array.from({ length: chunksInFlight }, () => ({
    buffer: Buffer.allocUnsafeSlow(Math.min(chunkBytes, range.end - range.start)),
    sent: Promise.resolve(),
  }));
  const stamp = stampOf(await handle.stat());
  let turn = 0;
  for (let position = range.start; position < range.end;) {
    const slot = slots[turn++ % chunksInFlight];
    if (!slot) throw new RangeError('a turn without a slot');
    await slot.sent;
    const wanted = Math.min(chunkBytes, range.end - position, rate.quantum());
    const wait = rate.take(wanted);
    if (wait) await writer.orClosed(wait);
    const { bytesRead } = await handle.read(slot.buffer, 0, wanted, position);
    // Looked at after the read: bytes of a file that somebody is changing do not leave as the content.
    if (bytesRead === 0 || !isSameStamp(stampOf(await handle.stat()), stamp)) throw new EnxameError('file-changed');
    slot.sent = writer.write(slot.buffer.subarray(0, bytesRead)).then(() => {
      onSent(bytesRead);
    });
    // Awaited at the slot's next turn; until then a failure must not count as unhandled.
    slot.sent.catch(() => undefined);
    position += bytesRead;
  }
  await Promise.all(slots.map((slot) => slot.sent));
}
