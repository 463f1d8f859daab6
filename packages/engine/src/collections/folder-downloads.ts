import { rm, stat } from 'node:fs/promises';
import type { Collection } from '@enxame/shared/content/collection';
import { maxPieceCells, pieceCell, type PieceCells } from '@enxame/shared/engine/piece-cells';
import type { CollectionSummary } from '@enxame/shared/tracker/entry';
import { inLanes } from '../library/in-lanes.js';
import type { LocalContents } from '../library/local-contents.js';
import { firstPlace, type Download, type DownloadDeps } from '../transfers/download.js';
import { toHeldAs, type DownloadRecord } from '../transfers/download-record.js';
import { partFilePath } from '../transfers/part-file.js';
import { removeDocument } from './fetch-document.js';
import type { FolderBoard } from './folder-board.js';
import { createFolderFetch, type FetchedFolder, type FolderFetchDeps } from './folder-fetch.js';
import type { FolderStore } from './folder-store.js';

/** A download of the list that is a folder. */
export type FolderRecord = DownloadRecord & { readonly collection: CollectionSummary };

export const isFolderRecord = (record: DownloadRecord): record is FolderRecord => record.collection !== null;

/** What the list of downloads asks about folders. */
export interface FolderDownloads {
  /** `onPlaced`: it is in place, and this device holds it. */
  create(
    record: FolderRecord,
    deps: Omit<DownloadDeps, 'onPlaced'> & { readonly onPlaced: (path: string) => Promise<void> },
  ): Download;
  /** What is in a folder, before it is a download. Throws as `Download.run`. */
  openCollection(record: FolderRecord, deps: Omit<DownloadDeps, 'onPlaced'>, signal: AbortSignal): Promise<Collection>;
  /** Removes what is on disk of one that is not to go on; `keepFiles` when it is done. */
  clean(record: FolderRecord, options: { readonly keepFiles: boolean }): Promise<void>;
  /** Whether it is where it was put, as far as can be told without hashing it. */
  isStillThere(record: FolderRecord): Promise<boolean>;
}

/** Records written side by side share a flush. */
const recordLanes = 64;

export function createFolderDownloads(
  deps: Pick<FolderFetchDeps, 'pool' | 'folderThread' | 'documentsFolder'> & {
    readonly folders: FolderStore;
    readonly contents: LocalContents;
  },
): FolderDownloads {
  const { folders, contents } = deps;

  /** From now on this device has the folder, and everything in it. */
  async function hold(record: FolderRecord, { path, board }: FetchedFolder): Promise<void> {
    const { collection, mtimes, manifests } = board;
    const heldAs = toHeldAs(record);
    const parts = { key: record.id, root: path, heldAs, collectionId: record.contentId };
    const held = await folders.put({ ...parts, collection, mtimes, realPaths: new Map() });
    await inLanes(manifests, recordLanes, async ([index, manifest]) => {
      await contents.add({
        contentId: collection.contentId(index),
        path: held.pathOf(index),
        ...held.stampOf(index),
        sha256: null,
        manifest,
        heldAs,
      });
    });
  }

  return {
    create: (record, hooks) => {
      const fetch = createFolderFetch(
        record,
        {
          onChange: hooks.onChange,
          onReceived: hooks.onReceived,
          onPlaced: async (fetched) => {
            await hold(record, fetched);
            await hooks.onPlaced(fetched.path);
          },
        },
        { ...hooks, ...deps },
      );
      return {
        run: (signal) => fetch.run(signal),
        redial: () => {
          fetch.redial();
        },
        cells: () => fetch.board && toFileCells(fetch.board),
        get progress() {
          const { state, error, bytesPerSecond, bytesDone, filesDone } = fetch;
          const { files } = record.collection;
          const sources = fetch.sources();
          return {
            state,
            size: record.size,
            bytesDone: Math.min(bytesDone, record.size),
            bytesPerSecond,
            folder: { files, filesDone },
            queue: state === 'waiting' ? firstPlace(sources) : null,
            sources,
            pieceCount: files,
            piecesVerified: filesDone,
            error,
          };
        },
      };
    },
    openCollection: (record, hooks, signal) =>
      createFolderFetch(
        record,
        { onChange: hooks.onChange, onReceived: hooks.onReceived, onPlaced: () => Promise.resolve() },
        { ...hooks, ...deps },
      ).openCollection(signal),
    clean: async (record, { keepFiles }) => {
      await removeDocument(record, deps.documentsFolder);
      if (!keepFiles) await rm(partFilePath(record), { recursive: true, force: true });
    },
    isStillThere: async ({ id, path }) => {
      if (path === null || folders.get(id)?.root !== path) return false;
      try {
        return (await stat(path)).isDirectory();
      } catch (error) {
        if (error instanceof Error && 'code' in error) return false;
        throw error;
      }
    },
  };
}

/** The files as a picture, in the order of the collection. */
function toFileCells(board: FolderBoard): PieceCells {
  const { collection } = board;
  const perCell = Math.max(1, Math.ceil(collection.count / maxPieceCells));
  const cells = Buffer.alloc(Math.ceil(collection.count / perCell), pieceCell.missing);
  for (let cell = 0; cell < cells.length; cell++) {
    let [files, done] = [0, 0];
    for (let index = cell * perCell; index < Math.min(collection.count, (cell + 1) * perCell); index++) {
      if (!collection.isFile(index)) continue;
      files++;
      if (board.isDone(index)) done++;
    }
    cells[cell] = done === files ? pieceCell.verified : done > 0 ? pieceCell.partly : pieceCell.missing;
  }
  return { pieceCount: collection.count, map: cells.toString('base64') };
}
