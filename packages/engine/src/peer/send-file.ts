import type { FileHandle } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { unlimited, type RateTaker } from '../limits/rate-taker.js';
import { isSameStamp, stampOf } from '../hashing/regular-file.js';
import { createBodyWriter } from './body-writer.js';
import type { ByteRange } from './byte-range.js';

/** Large enough that a read costs little beside the encryption of its bytes; all together stay in a processor's cache. */
const chunkBytes = 256 * 1024;
/** One being read, one being encrypted, the others on their way: none waits for another's turn. */
const chunksInFlight = 4;

interface Slot {
  readonly buffer: Buffer;
  sent: Promise<void>;
}

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
  const bytes = range.end - range.start;
  const slots = Array.from({ length: Math.min(chunksInFlight, Math.max(1, Math.ceil(bytes / chunkBytes))) }, () => ({
    buffer: Buffer.allocUnsafeSlow(Math.min(chunkBytes, bytes)),
    sent: Promise.resolve(),
  }));
  const stamp = stampOf(await handle.stat());
  let position = range.start;

  /** Begins to read at once, unless the rate says otherwise. */
  async function readInto({ buffer }: Slot): Promise<Buffer> {
    const wanted = Math.min(chunkBytes, range.end - position, rate.quantum());
    const wait = rate.take(wanted);
    if (wait) await writer.orClosed(wait);
    const { bytesRead } = await handle.read(buffer, 0, wanted, position);
    // Looked at after the read: bytes of a file that somebody is changing do not leave as the content.
    if (bytesRead === 0 || !isSameStamp(stampOf(await handle.stat()), stamp)) throw new EnxameError('file-changed');
    position += bytesRead;
    return buffer.subarray(0, bytesRead);
  }

  let slot = slotAt(slots, 0);
  let reading = range.start < range.end ? readInto(slot) : undefined;
  for (let turn = 1; reading; turn++) {
    const bytes = await reading;
    const current = slot;
    reading = undefined;
    if (position < range.end) {
      slot = slotAt(slots, turn);
      await slot.sent;
      // Before the write, within which TLS encrypts: the disk works meanwhile.
      reading = readInto(slot);
      reading.catch(() => undefined); // awaited at the next turn; until then a failure must not count as unhandled
    }
    current.sent = writer.write(bytes).then(() => {
      onSent(bytes.length);
    });
    current.sent.catch(() => undefined);
  }
  await Promise.all(slots.map(({ sent }) => sent));
}

function slotAt(slots: readonly Slot[], turn: number): Slot {
  const slot = slots[turn % slots.length];
  if (!slot) throw new RangeError('a turn without a slot');
  return slot;
}
