import { open, stat, type FileHandle } from 'node:fs/promises';
import { documentManifest } from '@enxame/engine/collections/document-manifest';
import type { HashPool } from '@enxame/engine/hashing/hash-pool';
import { encodeManifest, type Manifest } from '@enxame/shared/content/manifest';
import { pieceBytesFor, pieceCountFor, pieceLength } from '@enxame/shared/content/piece-size';
import { EnxameError, isErrorWithCode, toErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import { toDiskError } from '@enxame/storage/disk-error';
import type { Clock } from '../domain/clock.js';
import type { HostedCopies } from '../domain/hosted-copies.js';
import type { StoredCopy } from '../domain/stored-copy.js';
import type { Collections } from './collections.js';
import { fetchFolder } from './fetch-folder.js';
import { checkCollection, fetchDocument, type FolderFacts } from './folder-contents.js';
import type { HostedFiles } from './hosted-files.js';
import type { SourceAsker } from './source-asker.js';
import { createSourceReader } from './source-reader.js';
import { writeWhole } from './write-whole.js';

/** Copies that are fetched at the same time; the others wait for their turn. */
const maxFetching = 4;
/** A copy whose sources failed is tried again then, or when its sources change. */
const retryMs = 30_000;

/** Fetches the copies that are wanted, from whoever has them, in parts and over restarts, until they are here. */
export interface CopyFetcher {
  /** There may be something to do for this content: it is wanted now, or its sources changed. */
  wake(contentId: ContentId): void;
  progressOf(contentId: ContentId): { bytesHere: number; isFetching: boolean } | undefined;
  /** Ends what is under way; the parts stay. */
  close(): Promise<void>;
}

export function createCopyFetcher(deps: {
  readonly copies: HostedCopies;
  readonly files: HostedFiles;
  readonly collections: Collections;
  readonly pool: HashPool;
  readonly clock: Clock;
  /** Whether anybody has it now. */
  readonly hasSource: (contentId: ContentId) => boolean;
  readonly ask: (contentId: ContentId, signal: AbortSignal) => SourceAsker;
  readonly onProgress: (contentId: ContentId) => void;
  readonly onInternal: (error: unknown) => void;
}): CopyFetcher {
  const { copies, files, pool, clock } = deps;
  const bytesHere = new Map<ContentId, number>();
  const running = new Map<ContentId, Promise<void>>();
  const retries = new Map<ContentId, () => void>();
  const end = new AbortController();

  const isWanted = (contentId: ContentId): boolean => copies.get(contentId)?.state === 'wanted';

  /** The pieces that the part file has already: nothing on disk is believed. */
  async function piecesHere(path: string, manifest: Manifest): Promise<Uint8Array> {
    const isThere = await stat(path).then(
      ({ size }) => size === manifest.size,
      () => false, // a new one is made
    );
    if (!isThere) return new Uint8Array(pieceCountFor(manifest.size));
    return pool.verifyPieces(path, manifest, { signal: end.signal });
  }

  /** The part file, made when there is none, and not cut short when there is. */
  async function openPart(path: string): Promise<FileHandle> {
    await (await open(path, 'a')).close();
    return open(path, 'r+');
  }

  async function fetchFile({ contentId, size }: StoredCopy, asker: SourceAsker): Promise<void> {
    const path = files.partPath(contentId);
    const reader = createSourceReader({ asker, contentId, size });
    const manifest = await reader.manifest();
    const here = await piecesHere(path, manifest);
    const handle = await openPart(path);
    try {
      await handle.truncate(size);
      const count = (index: number): void => {
        bytesHere.set(contentId, (bytesHere.get(contentId) ?? 0) + pieceLength(size, index));
      };
      bytesHere.set(contentId, 0);
      for (const [index, isHere] of here.entries()) if (isHere) count(index);
      for (const [index, isHere] of here.entries()) {
        if (isHere) continue;
        if (!isWanted(contentId)) throw new EnxameError('cancelled');
        const bytes = await reader.piece(index);
        await writeWhole(handle, bytes, index * pieceBytesFor(size));
        count(index);
        deps.onProgress(contentId);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    const sha256 = await pool.sha256(path, { signal: end.signal });
    await copies.settle(contentId, { sha256, place: () => files.place(path, contentId, encodeManifest(manifest)) });
  }

  /** Its document first: it says what else there is. */
  async function fetchFolderCopy(facts: FolderFacts, asker: SourceAsker): Promise<void> {
    const { contentId } = facts;
    const document = await fetchDocument(facts, asker);
    const collection = await deps.collections.get(contentId, () => Promise.resolve(document));
    checkCollection(collection, facts);
    const { manifest } = await documentManifest(document);
    await files.placeDocument(contentId, document, encodeManifest(manifest));
    const path = files.partPath(contentId);
    const handle = await openPart(path);
    let sums: Uint8Array;
    try {
      bytesHere.set(contentId, 0);
      sums = await fetchFolder({
        asker,
        collectionId: contentId,
        collection,
        handle,
        isWanted: () => isWanted(contentId),
        onBytes: (bytes) => {
          bytesHere.set(contentId, (bytesHere.get(contentId) ?? 0) + bytes);
          deps.onProgress(contentId);
        },
      });
      await handle.sync();
    } finally {
      await handle.close();
    }
    await copies.settle(contentId, { sha256: null, place: () => files.placeFiles(path, contentId, sums) });
  }

  async function fetchOne(copy: StoredCopy): Promise<void> {
    const { contentId, size, collection } = copy;
    const asker = deps.ask(contentId, end.signal);
    try {
      if (collection) await fetchFolderCopy({ contentId, size, ...collection }, asker);
      else await fetchFile(copy, asker);
    } finally {
      asker.close();
    }
  }

  async function run(copy: StoredCopy): Promise<void> {
    const { contentId } = copy;
    try {
      await fetchOne(copy);
    } catch (error) {
      await handleFailure(contentId, error);
    } finally {
      running.delete(contentId);
      bytesHere.delete(contentId);
      deps.onProgress(contentId);
      if (!isWanted(contentId) && !copies.isHere(contentId)) await files.remove(contentId); // dropped meanwhile
      startWaiting();
    }
  }

  async function handleFailure(contentId: ContentId, thrown: unknown): Promise<void> {
    if (end.signal.aborted || !isWanted(contentId)) return;
    const error = toDiskError(thrown, '');
    const isFull = isErrorWithCode(error, 'disk-full') || isErrorWithCode(error, 'tracker-storage-full');
    if (isFull || !(error instanceof EnxameError)) {
      if (!isFull) deps.onInternal(error);
      // What came so far is in the way of everything else, and of writing down that it failed.
      if (isFull) await files.remove(contentId);
      try {
        const info = isFull ? { code: 'tracker-storage-full' as const } : toErrorInfo(error);
        await copies.settle(contentId, { error: info });
        return;
      } catch (failure) {
        if (!isErrorWithCode(failure, 'tracker-storage-full')) throw failure;
        // Not even that: it stays wanted, and is tried again.
      }
    }
    retries.get(contentId)?.();
    retries.set(
      contentId,
      clock.after(retryMs, () => {
        wake(contentId);
      }),
    );
  }

  function wake(contentId: ContentId): void {
    const copy = copies.get(contentId);
    if (end.signal.aborted || copy?.state !== 'wanted' || running.has(contentId)) return;
    if (running.size >= maxFetching || !deps.hasSource(contentId)) return;
    retries.get(contentId)?.();
    retries.delete(contentId);
    const fetching = run(copy).catch(deps.onInternal);
    running.set(contentId, fetching);
    deps.onProgress(contentId);
  }

  function startWaiting(): void {
    for (const { contentId } of copies.wanted()) if (!retries.has(contentId)) wake(contentId);
  }

  return {
    wake,
    progressOf: (contentId) => {
      const here = bytesHere.get(contentId);
      return here === undefined && !running.has(contentId)
        ? undefined
        : { bytesHere: here ?? 0, isFetching: running.has(contentId) };
    },
    close: async () => {
      end.abort();
      for (const cancel of retries.values()) cancel();
      await Promise.all(running.values());
    },
  };
}
