/**
 * One folder, from whoever has it: its document, then its files, packed or in pieces, into a part folder that gets its
 * name at the end. Owns the part folder while it runs; remembers nothing: what is there is hashed again on the next run.
 */
import type { Collection } from '@enxame/shared/content/collection';
import type { TransferSource, TransferState } from '@enxame/shared/engine/transfer';
import { EnxameError, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import { maxPackedFileBytes } from '@enxame/shared/peer/pack';
import type { HashPool } from '../hashing/hash-pool.js';
import type { LocalContents } from '../library/local-contents.js';
import { createRateMeter } from '../peer/rate-meter.js';
import { createContentFetch, type ContentFetch, type ContentFetchDeps } from '../transfers/content-fetch.js';
import type { SourceFinderDeps } from '../transfers/source-finder.js';
import { copyMembers } from './copy-members.js';
import { documentPlace, openWantedCollection, type WantedFolder } from './fetch-document.js';
import { findExistingFolder } from './find-existing-folder.js';
import { createFolderBoard, type FolderBoard } from './folder-board.js';
import type { FolderStore } from './folder-store.js';
import type { FolderThread } from './folder-thread.js';
import { createLargeMembers, type LargeMembers } from './large-members.js';
import { createMemberIndex } from './member-index.js';
import { verifyMembers } from './member-verifier.js';
import { mergeSources } from './merge-sources.js';
import { createPackBoard } from './pack-board.js';
import { createPackSwarm, type PackSwarm } from './pack-swarm.js';
import { createPackWriter } from './pack-writer.js';
import { openPartFolder, type PartFolder } from './part-folder.js';
import { createSharedFeed, type SharedFeed } from './shared-feed.js';

export interface FolderFetchDeps extends SourceFinderDeps, ContentFetchDeps {
  readonly folders: FolderStore;
  readonly contents: Pick<LocalContents, 'get'>;
  readonly pool: Pick<HashPool, 'smallFiles' | 'manifest'>;
  /** Writes what comes. */
  readonly folderThread: FolderThread;
  /** Where documents are kept until their folder is in place. */
  readonly documentsFolder: string;
}

export interface FetchedFolder {
  readonly path: string;
  /** Complete: with the stamps, and the manifests of the large files. */
  readonly board: FolderBoard;
}

export interface FolderFetch {
  readonly state: Extract<TransferState, 'waiting' | 'checking' | 'moving'>;
  readonly error: ErrorInfo | null;
  readonly bytesPerSecond: number;
  readonly bytesDone: number;
  readonly filesDone: number;
  /** Undefined until its document is here. */
  readonly board: FolderBoard | undefined;
  sources(): TransferSource[];
  redial(): void;
  /** Only what is in it: its document is fetched, and nothing else. Throws as `run`. */
  openCollection(signal: AbortSignal): Promise<Collection>;
  /** As `ContentFetch.run`. Throws also `collection-invalid`. */
  run(signal: AbortSignal): Promise<FetchedFolder>;
}

export function createFolderFetch(
  wanted: WantedFolder,
  hooks: {
    readonly onPlaced: (fetched: FetchedFolder) => Promise<void>;
    readonly onChange: () => void;
    readonly onReceived: (bytes: number) => void;
  },
  deps: FolderFetchDeps,
): FolderFetch {
  const rate = createRateMeter(deps.timers.now);
  let isChecking = false;
  let board: FolderBoard | undefined;
  let document: ContentFetch | undefined;
  let packs: PackSwarm | undefined;
  let large: LargeMembers | undefined;

  /** Read again after each wait: the compiler believes that it stays as it was. */
  const isStopped = (signal: AbortSignal): boolean => signal.aborted;

  function setChecking(next: boolean): void {
    isChecking = next;
    hooks.onChange();
  }

  async function run(signal: AbortSignal): Promise<FetchedFolder> {
    if (signal.aborted) throw new EnxameError('cancelled');
    const feed = createSharedFeed(wanted, deps);
    try {
      const collection = await openCollection(feed, signal);
      setChecking(true);
      const fetched = await fetchFolder(collection, feed, signal);
      await hooks.onPlaced(fetched);
      return fetched;
    } catch (error) {
      throw isStopped(signal) ? new EnxameError('cancelled', undefined, { cause: error }) : error;
    } finally {
      feed.close();
      document = packs = large = undefined;
      isChecking = false;
    }
  }

  function openCollection(feed: SharedFeed, signal: AbortSignal): Promise<Collection> {
    return openWantedCollection(wanted, {
      folders: deps.folders,
      thread: deps.folderThread,
      fetch: (bytes) => fetchDocument(bytes, feed, signal),
    });
  }

  async function fetchDocument(size: number, feed: SharedFeed, signal: AbortSignal): Promise<string> {
    document = createContentFetch(
      {
        contentId: wanted.contentId,
        size,
        personName: wanted.personName,
        place: documentPlace(wanted, deps.documentsFolder),
        openFeed: feed.openOwn,
        onPlaced: () => Promise.resolve(),
        onChange: hooks.onChange,
        onReceived: hooks.onReceived,
      },
      deps,
    );
    const { path } = await document.run(signal);
    document = undefined;
    return path;
  }

  async function fetchFolder(collection: Collection, feed: SharedFeed, signal: AbortSignal): Promise<FetchedFolder> {
    const { pool, folderThread } = deps;
    const existing = await findExistingFolder(wanted, collection, { pool, signal });
    const own = (board = existing?.board ?? createFolderBoard(collection));
    if (existing) return { path: existing.path, board: own };
    const part = await openPartFolder(wanted, own, folderThread);
    if (part.wasThere) await takeWhatIsThere(own, part, signal);
    const copying = { ...deps, thread: folderThread, signal, onChange: hooks.onChange };
    await copyMembers(own, part, copying);
    await part.checkRoom();
    const members = createMemberIndex(collection);
    if (!own.isComplete) await fetchMissing(own, part, (index) => members.firstOf(index) === index, feed, signal);
    setChecking(true);
    // The others with the same bytes as one that came.
    await copyMembers(own, part, copying, (index) => {
      const first = members.firstOf(index);
      return { path: part.pathOf(first), stamp: own.stampOf(first) };
    });
    if (!own.isComplete) throw new EnxameError('file-vanished', { name: wanted.name });
    signal.throwIfAborted();
    return { path: await part.finish(), board: own };
  }

  /** What an earlier run left: hashed, for nothing on disk is believed. (C7) */
  async function takeWhatIsThere(own: FolderBoard, part: PartFolder, signal: AbortSignal): Promise<void> {
    function* candidates() {
      for (const index of own.missing()) yield { index, path: part.pathOf(index) };
    }
    await verifyMembers(own.collection, candidates(), {
      pool: deps.pool,
      signal,
      onVerified: (index, stamp, manifest) => {
        own.markDone(index, stamp, manifest);
        hooks.onChange();
      },
    });
  }

  async function fetchMissing(
    own: FolderBoard,
    part: PartFolder,
    isFirst: (index: number) => boolean,
    feed: SharedFeed,
    signal: AbortSignal,
  ): Promise<void> {
    const onReceived = (bytes: number): void => {
      rate.add(bytes);
      hooks.onReceived(bytes);
      hooks.onChange();
    };
    const { collection } = own;
    const isWantedLarge = (index: number): boolean => collection.size(index) > maxPackedFileBytes && isFirst(index);
    function* largeIndexes() {
      for (const index of own.missing()) if (isWantedLarge(index)) yield index;
    }
    const packFeed = feed.openOwn(() => packs?.update());
    const swarm = (packs = createPackSwarm(deps, {
      collectionId: wanted.contentId,
      name: wanted.name,
      feed: packFeed,
      folder: own,
      board: createPackBoard(own, isFirst),
      writer: createPackWriter(part.path, own, deps.folderThread),
      onProgress: onReceived,
      onChange: hooks.onChange,
    }));
    const whole = (large = createLargeMembers(
      {
        board: own,
        part,
        personName: wanted.personName,
        id: wanted.id,
        openFeed: feed.openMember,
        onChange: hooks.onChange,
        onReceived,
      },
      deps,
    ));
    // The end of one is the end of both: the other would wait for what nobody needs any more.
    const stop = new AbortController();
    const both = AbortSignal.any([signal, stop.signal]);
    both.addEventListener('abort', () => void swarm.close(), { once: true });
    setChecking(false);
    try {
      await Promise.all([swarm.run(), whole.run(largeIndexes(), both)]);
    } catch (error) {
      stop.abort();
      throw error;
    } finally {
      await swarm.close();
      packFeed.close();
    }
  }

  const isMoving = (): boolean => document?.state === 'moving' || packs?.isMoving === true || large?.isMoving === true;

  return {
    run,
    openCollection: async (signal) => {
      const feed = createSharedFeed(wanted, deps);
      try {
        return await openCollection(feed, signal);
      } finally {
        feed.close();
      }
    },
    get state() {
      if (isChecking) return 'checking';
      return isMoving() ? 'moving' : 'waiting';
    },
    get error() {
      return isChecking || isMoving() ? null : (document?.error ?? packs?.error ?? null);
    },
    get bytesPerSecond() {
      return isMoving() && !document ? rate.bytesPerSecond() : 0;
    },
    get bytesDone() {
      return (board?.bytesDone ?? 0) + (large?.bytesUnderWay ?? 0);
    },
    get filesDone() {
      return board?.filesDone ?? 0;
    },
    get board() {
      return board;
    },
    sources: () =>
      mergeSources([...(document?.sources() ?? []), ...(packs?.views() ?? []), ...(large?.sources() ?? [])]),
    redial: () => {
      document?.redial();
      packs?.redial();
      large?.redial();
    },
  };
}
