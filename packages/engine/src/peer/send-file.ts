import type { FileHandle } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ByteRange } from './byte-range.js';

/** Large enough that a read costs little beside the encryption of its bytes. */
const chunkBytes = 512 * 1024;
/** One being read, one being sent. */
const chunksInFlight = 2;

/**
 * Sends a part of an open file through reused buffers: memory does not grow with the file, nor with a slow receiver.
 * Resolves when all bytes were handed to the socket. Throws `file-changed` when the file ends too early, and what the
 * stream throws when the other side leaves.
 */
export async function sendFile(
  handle: FileHandle,
  range: ByteRange,
  out: Writable,
  onSent: (bytes: number) => void,
): Promise<void> {
  const slots = Array.from({ length: chunksInFlight }, () => ({
    buffer: Buffer.allocUnsafeSlow(Math.min(chunkBytes, range.end - range.start)),
    sent: Promise.resolve(),
  }));
  let turn = 0;
  for (let position = range.start; position < range.end;) {
    const slot = slots[turn++ % chunksInFlight];
    if (!slot) throw new RangeError('a turn without a slot');
    await slot.sent;
    const wanted = Math.min(chunkBytes, range.end - position);
    const { bytesRead } = await handle.read(slot.buffer, 0, wanted, position);
    if (bytesRead === 0) throw new EnxameError('file-changed');
    slot.sent = write(out, slot.buffer.subarray(0, bytesRead)).then(() => {
      onSent(bytesRead);
    });
    // Awaited at the slot's next turn; until then a failure must not count as unhandled.
    slot.sent.catch(() => undefined);
    position += bytesRead;
  }
  await Promise.all(slots.map((slot) => slot.sent));
}

/** Resolves when the bytes have left the buffer, which may then be used again. */
function write(out: Writable, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    out.write(bytes, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
