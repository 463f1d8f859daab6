import { randomFillSync } from 'node:crypto';
import { open } from 'node:fs/promises';

const chunkBytes = 16 * 1024 * 1024;

/** Bytes that nothing can compress. */
export async function writeRandomFile(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'w');
  const chunk = Buffer.alloc(chunkBytes);
  try {
    for (let written = 0; written < bytes; written += chunkBytes) {
      await file.write(randomFillSync(chunk), 0, Math.min(chunkBytes, bytes - written));
    }
  } finally {
    await file.close();
  }
}
