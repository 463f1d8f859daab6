import { open, type FileHandle } from 'node:fs/promises';
import { pieceBytesFor } from '@enxame/shared/content/piece-size';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import { toDiskError } from '@enxame/storage/disk-error';
import { removeFile } from '@enxame/storage/durable-file';
import type { CopyFacts, HostedCopies } from '../domain/hosted-copies.js';
import type { HostedFiles } from './hosted-files.js';
import { writeWhole } from './write-whole.js';

/** What goes by on its way to somebody, kept beside. Never throws: who is being served comes first. */
export interface StreamKeep {
  readonly piece: (index: number, bytes: Uint8Array) => Promise<void>;
  /** `isWhole`: all pieces went by. Then it is kept, if there is room; otherwise nothing of it is left. */
  end(isWhole: boolean): Promise<void>;
}

/**
 * Keeps as caches (H21) what the tracker streams from devices, where it was set that it may: each piece is written as it
 * goes by, so its owner gives it once. What lies there is hashed again before it counts, as any part file.
 */
export interface StreamKeeper {
  /** Undefined where nothing is to be kept. */
  begin(content: CopyFacts): StreamKeep | undefined;
}

export function createStreamKeeper(deps: {
  readonly copies: Pick<HostedCopies, 'get' | 'cache'>;
  readonly files: Pick<HostedFiles, 'partPath'>;
  readonly forCache: () => number;
  readonly onInternal: (error: unknown) => void;
}): StreamKeeper {
  const { copies, files } = deps;
  const underWay = new Set<ContentId>();

  return {
    begin: (content) => {
      const { contentId, size } = content;
      if (size > deps.forCache() || copies.get(contentId) || underWay.has(contentId)) return undefined;
      underWay.add(contentId);
      const path = files.partPath(contentId);
      let handle: FileHandle | undefined;
      let hasFailed = false;

      /** A disk that is full is no news here: nothing is kept then. */
      function fail(thrown: unknown): void {
        hasFailed = true;
        const error = toDiskError(thrown, '');
        if (!(error instanceof EnxameError)) deps.onInternal(error);
      }

      return {
        piece: async (index, bytes) => {
          if (hasFailed) return;
          try {
            handle ??= await open(path, 'w');
            await writeWhole(handle, bytes, index * pieceBytesFor(size));
          } catch (error) {
            fail(error);
          }
        },
        end: async (isWhole) => {
          try {
            await handle?.close();
            if (isWhole && !hasFailed) await copies.cache(content);
          } catch (error) {
            fail(error);
          }
          // Somebody may want it meanwhile: then it is a part file that the fetcher goes on with.
          if (!copies.get(contentId)) await removeFile(path).catch(fail);
          underWay.delete(contentId);
        },
      };
    },
  };
}
