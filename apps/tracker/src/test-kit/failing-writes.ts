import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { writeDurably } from '@enxame/storage/durable-file';
import type { WriteFile } from '../store/document-adapter.js';

/** A disk that is full while a test wants it so. */
export interface FailingWrites {
  readonly writeFile: WriteFile;
  fail(): void;
  recover(): void;
}

export function createFailingWrites(): FailingWrites {
  let isFull = false;
  return {
    writeFile: (path, data) => {
      if (isFull) return Promise.reject(new EnxameError('disk-full', { folder: path }));
      return writeDurably(path, data);
    },
    fail: () => {
      isFull = true;
    },
    recover: () => {
      isFull = false;
    },
  };
}
