import { writeDurably } from '@enxame/storage/durable-file';
import type { WriteFile } from './document-adapter.js';

/** Writes, and knows whether the last write succeeded: a tracker that cannot write is not ready. */
export interface WriteHealth {
  readonly healthy: boolean;
  readonly writeFile: WriteFile;
}

export function watchWrites(writeFile: WriteFile = writeDurably): WriteHealth {
  let healthy = true;
  return {
    get healthy() {
      return healthy;
    },
    writeFile: async (path, data) => {
      try {
        await writeFile(path, data);
        healthy = true;
      } catch (error) {
        healthy = false;
        throw error;
      }
    },
  };
}
