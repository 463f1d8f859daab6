import { appendDurably } from '@enxame/storage/append-file';
import { writeDurably } from '@enxame/storage/durable-file';
import type { AppendFile, WriteFile } from './document-adapter.js';

/** Writes, and knows whether the last write succeeded: a tracker that cannot write is not ready. */
export interface WriteHealth {
  readonly healthy: boolean;
  readonly writeFile: WriteFile;
  readonly appendFile: AppendFile;
}

export function watchWrites(
  writeFile: WriteFile = writeDurably,
  appendFile: AppendFile = appendDurably,
  onFailure: () => void = () => undefined,
): WriteHealth {
  let healthy = true;

  async function watch(write: Promise<void>): Promise<void> {
    try {
      await write;
      healthy = true;
    } catch (error) {
      healthy = false;
      onFailure();
      throw error;
    }
  }

  return {
    get healthy() {
      return healthy;
    },
    writeFile: (path, data) => watch(writeFile(path, data)),
    appendFile: (path, end, data) => watch(appendFile(path, end, data)),
  };
}
