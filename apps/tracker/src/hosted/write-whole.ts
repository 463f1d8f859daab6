import type { FileHandle } from 'node:fs/promises';

/** All of it: a disk that is about to be full takes a part, and says so only at the next write. */
export async function writeWhole(handle: FileHandle, bytes: Uint8Array, start: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    done += (await handle.write(bytes, done, bytes.length - done, start + done)).bytesWritten;
  }
}
