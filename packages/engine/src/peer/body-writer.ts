import type { Writable } from 'node:stream';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { RateTaker } from '../limits/rate-taker.js';

/**
 * Writes that settle whatever happens to the stream: an HTTP response whose socket was just destroyed drops what is
 * written to it, and never calls back.
 */
export interface BodyWriter {
  /** Resolves when the bytes were handed to the socket. Throws `cancelled` when the other side leaves. */
  write(bytes: Uint8Array): Promise<void>;
  /** Waits no longer than the stream is open; throws `cancelled` then. */
  orClosed(wait: Promise<void>): Promise<void>;
}

export function createBodyWriter(out: Writable): BodyWriter {
  const waiting = new Set<(error: Error) => void>();
  out.once('close', () => {
    for (const reject of waiting) reject(new EnxameError('cancelled'));
  });
  return {
    orClosed: (wait) =>
      new Promise((resolve, reject) => {
        waiting.add(reject);
        void wait.then(() => {
          waiting.delete(reject);
          resolve();
        });
      }),
    write: (bytes) =>
      new Promise((resolve, reject) => {
        if (out.destroyed || out.closed) {
          reject(new EnxameError('cancelled'));
          return;
        }
        waiting.add(reject);
        out.write(bytes, (error) => {
          waiting.delete(reject);
          if (error) reject(new EnxameError('cancelled', undefined, { cause: error }));
          else resolve();
        });
      }),
  };
}

const chunkBytes = 256 * 1024;

/** Sends bytes that are in memory. Throws as the writer, and what `sent` throws. */
export async function sendBytes(
  bytes: Uint8Array,
  out: Writable,
  { rate, sent }: { readonly rate: RateTaker; readonly sent: (bytes: number) => void },
): Promise<void> {
  const writer = createBodyWriter(out);
  for (let position = 0; position < bytes.length;) {
    const wanted = Math.min(chunkBytes, bytes.length - position, rate.quantum());
    const wait = rate.take(wanted);
    if (wait) await writer.orClosed(wait);
    await writer.write(bytes.subarray(position, position + wanted));
    sent(wanted);
    position += wanted;
  }
}
