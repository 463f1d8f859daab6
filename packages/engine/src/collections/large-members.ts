import { rename } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { stat } from 'node:fs/promises';
import type { TransferSource } from '@enxame/shared/engine/transfer';
import { stampOf } from '../hashing/regular-file.js';
import { inLanes } from '../library/in-lanes.js';
import { createContentFetch, type ContentFetch, type ContentFetchDeps } from '../transfers/content-fetch.js';
import type { SourceFeed } from '../transfers/source-feed.js';
import type { FolderBoard } from './folder-board.js';
import type { PartFolder } from './part-folder.js';

/** Files of more than one piece at the same time: a source that has some of them, or is slow with one, holds up none. */
const lanes = 3;

/** The files of a folder that have pieces, each from all sources at once. */
export interface LargeMembers {
  readonly isMoving: boolean;
  readonly bytesPerSecond: number;
  /** Of files that are not whole yet. */
  readonly bytesUnderWay: number;
  sources(): TransferSource[];
  redial(): void;
  /** Throws as `ContentFetch.run`. */
  run(indexes: Iterable<number>, signal: AbortSignal): Promise<void>;
}

export function createLargeMembers(
  options: {
    readonly board: FolderBoard;
    readonly part: PartFolder;
    readonly personName: string;
    /** Tells part files of this transfer from others. */
    readonly id: string;
    readonly openFeed: (onChange: () => void) => SourceFeed;
    readonly onChange: () => void;
    readonly onReceived: (bytes: number) => void;
  },
  deps: ContentFetchDeps,
): LargeMembers {
  const { board, part } = options;
  const { collection } = board;
  const running = new Set<ContentFetch>();

  async function fetchOne(index: number, signal: AbortSignal): Promise<void> {
    const path = part.pathOf(index);
    const contentId = collection.contentId(index);
    const fetch = createContentFetch(
      {
        contentId,
        size: collection.size(index),
        personName: options.personName,
        place: { folder: dirname(path), name: basename(path), id: options.id },
        openFeed: options.openFeed,
        onPlaced: async (fetched) => {
          // Something else lay there, which nobody knows: this folder is this transfer's alone.
          if (fetched.path !== path) await rename(fetched.path, path);
          board.markDone(index, stampOf(await stat(path)), fetched.manifest);
          await deps.manifests.remove(contentId);
        },
        onChange: options.onChange,
        onReceived: options.onReceived,
      },
      deps,
    );
    running.add(fetch);
    try {
      await fetch.run(signal);
    } finally {
      running.delete(fetch);
      options.onChange();
    }
  }

  return {
    get isMoving() {
      return [...running].some(({ state }) => state === 'moving');
    },
    get bytesPerSecond() {
      return [...running].reduce((sum, { bytesPerSecond }) => sum + bytesPerSecond, 0);
    },
    get bytesUnderWay() {
      return [...running].reduce((sum, { pieces }) => sum + (pieces?.verifiedBytes ?? 0), 0);
    },
    sources: () => [...running].flatMap((fetch) => fetch.sources()),
    redial: () => {
      for (const fetch of running) fetch.redial();
    },
    run: (indexes, signal) => inLanes(indexes, lanes, (index) => fetchOne(index, signal)),
  };
}
