import { Blake3Hasher } from '@napi-rs/blake-hash';
import { createCipheriv, randomBytes } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';

const chunkBytes = 1024 * 1024;
/** Each for so long: between chunks the event loop is free. */
const probeMs = 150;

export interface ProcessorProbe {
  readonly hashBytesPerSecond: number;
  readonly cipherBytesPerSecond: number;
}

/** How fast this computer verifies and decrypts, in the thread that does it for transfers. `now`: milliseconds. */
export async function probeProcessor(now: () => number): Promise<ProcessorProbe> {
  const chunk = randomBytes(chunkBytes);
  const hasher = new Blake3Hasher();
  const cipher = createCipheriv('aes-128-gcm', randomBytes(16), randomBytes(12));
  return {
    hashBytesPerSecond: await measure(now, () => hasher.update(chunk)),
    cipherBytesPerSecond: await measure(now, () => cipher.update(chunk)),
  };
}

/** Only the work itself counts, not what the event loop did in between. */
async function measure(now: () => number, work: () => unknown): Promise<number> {
  let busyMs = 0;
  let bytes = 0;
  while (busyMs < probeMs) {
    const startedAt = now();
    work();
    busyMs += now() - startedAt;
    bytes += chunkBytes;
    await turn();
  }
  return bytes / (busyMs / 1000);
}
