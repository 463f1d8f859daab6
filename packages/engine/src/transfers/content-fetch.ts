/**
 * One content, from whoever has it into one file: manifest, part file, all sources at once, its name at the end. Owns the
 * part file while it runs; remembers nothing: what is there is hashed again on the next run. It knows no list and no
 * record: a download is one of these, a folder is many that share a feed.
 */
import { manifestBytesFor, type Manifest } from '@enxame/shared/content/manifest';
import { maxContentBytes } from '@enxame/shared/content/piece-size';
import type { TransferSource, TransferState } from '@enxame/shared/engine/transfer';
import { EnxameError, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import { removeFile } from '@enxame/storage/durable-file';
import { createRateMeter } from '../peer/rate-meter.js';
import { findExisting } from './find-existing.js';
import { parseContentManifest, type ManifestCache } from './manifest-cache.js';
import type { PartContents } from './part-contents.js';
import { openPartFile, partFilePath, type PartFile, type PartFilePlace } from './part-file.js';
import { createPieceMap, type PieceMap } from './piece-map.js';
import type { SourceFeed } from './source-feed.js';
import { createSwarm, type Swarm, type SwarmDeps } from './swarm.js';

export interface ContentFetchDeps extends SwarmDeps {
  readonly manifests: ManifestCache;
  /** Where others find what is here of it, while it is fetched. */
  readonly parts: PartContents;
  /** Hashes a file in a worker: one byte a piece, 1 where it verifies. Nothing on disk is believed. */
  readonly verifyPieces: (path: string, manifest: Manifest, signal: AbortSignal) => Promise<Uint8Array>;
}

export interface ContentFetchOptions {
  readonly contentId: ContentId;
  /** As the person was shown; the manifest must say the same. */
  readonly size: number;
  /** Whose it is, as people read it. */
  readonly personName: string;
  /** Where it is to be: folder, wanted name, and what tells its part file from others. */
  readonly place: PartFilePlace;
  /** Opened when it runs, closed when it ends. `onChange`: there are other sources, or the first authority. */
  readonly openFeed: (onChange: () => void) => SourceFeed;
  /** From the front to the back instead of the rarest piece first. */
  readonly inOrder?: boolean;
  /** It is in place, and served to others as a part until this resolves: whoever keeps it remembers it now. */
  readonly onPlaced: (fetched: FetchedContent) => Promise<void>;
  readonly onChange: () => void;
  /** Bytes that came, from whomever. */
  readonly onReceived: (bytes: number) => void;
}

export interface FetchedContent {
  readonly path: string;
  /** The system's cache holds little of it. */
  readonly isCold: boolean;
  readonly manifest: Manifest;
}

export interface ContentFetch {
  readonly state: Extract<TransferState, 'waiting' | 'checking' | 'moving'>;
  /** Why it waits. */
  readonly error: ErrorInfo | null;
  readonly bytesPerSecond: number;
  /** Undefined until the manifest is here. */
  readonly pieces: PieceMap | undefined;
  sources(): TransferSource[];
  /** Pieces that are coming now. */
  movingPieces(): readonly number[];
  /** The network is another one: dials at once. */
  redial(): void;
  /**
   * Fetches until the content is in place, whatever comes and goes meanwhile. Throws `cancelled` after the signal, and
   * what trying again by itself would not mend: this computer's disk, a content of another size, sources that all lied.
   */
  run(signal: AbortSignal): Promise<FetchedContent>;
}

/** The largest manifest that a source may send. */
const maxManifestBytes = manifestBytesFor(maxContentBytes);

export function createContentFetch(options: ContentFetchOptions, deps: ContentFetchDeps): ContentFetch {
  const { contentId, place, onChange } = options;
  const rate = createRateMeter(deps.timers.now);
  let isChecking = false;
  let pieces: PieceMap | undefined;
  let swarm: Swarm | undefined;
  let feed: SourceFeed | undefined;
  let part: ReturnType<PartContents['add']> | undefined;
  let partPath = partFilePath(place);

  function setChecking(next: boolean): void {
    isChecking = next;
    onChange();
  }

  function openSwarm(): Swarm {
    feed = options.openFeed(() => swarm?.update());
    return createSwarm(deps, {
      contentId,
      feed,
      name: place.name,
      personName: options.personName,
      inOrder: options.inOrder ?? false,
      onChange,
      onProgress: (bytes) => {
        rate.add(bytes);
        options.onReceived(bytes);
        onChange();
      },
    });
  }

  async function run(signal: AbortSignal): Promise<FetchedContent> {
    if (signal.aborted) throw new EnxameError('cancelled');
    const opened = (swarm = openSwarm());
    const cancel = (): void => void opened.close();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const known = await deps.manifests.load(contentId);
      const manifest = known ?? (await opened.fetchManifest(maxManifestBytes, saveManifest));
      // The person saw a size and agreed to it; the catalogue's word is nobody's proof, the manifest is.
      if (manifest.size !== options.size) throw new EnxameError('manifest-mismatch', { name: place.name });
      setChecking(true);
      const fetched = { ...(await fetchContent(opened, manifest, signal)), manifest };
      await options.onPlaced(fetched);
      return fetched;
    } finally {
      signal.removeEventListener('abort', cancel);
      await opened.close();
      feed?.close();
      part?.close();
      part = undefined;
      swarm = undefined;
      isChecking = false;
    }
  }

  async function saveManifest(bytes: Uint8Array): Promise<Manifest> {
    const manifest = parseContentManifest(contentId, bytes);
    await deps.manifests.save(contentId, manifest);
    return manifest;
  }

  /** Returns where the content is in place. */
  async function fetchContent(
    opened: Swarm,
    manifest: Manifest,
    signal: AbortSignal,
  ): Promise<Omit<FetchedContent, 'manifest'>> {
    const map = (pieces = createPieceMap(manifest.size));
    const verify = (path: string): Promise<Uint8Array> => deps.verifyPieces(path, manifest, signal);
    const existing = await findExisting({ ...place, size: options.size }, async (path) =>
      (await verify(path)).every((verified) => verified === 1),
    );
    if (existing !== undefined) {
      for (let index = 0; index < map.count; index++) map.markVerified(index);
      // After a crash between getting its name and losing the other one, the part file is still there.
      await removeFile(partFilePath(place));
      return { path: existing, isCold: false };
    }
    const file = await openPartFile(place, manifest);
    try {
      // Hashing the holes of a new file would take as long as hashing the file.
      const verified = file.isNew ? [] : await verify(partFilePath(place));
      for (const [index, isVerified] of verified.entries()) if (isVerified === 1) map.markVerified(index);
      if (!map.isComplete) await fetchMissing(opened, manifest, map, file);
      if (signal.aborted) throw new EnxameError('cancelled');
      setChecking(true);
      partPath = await file.finish();
      return { path: partPath, isCold: file.isCold };
    } finally {
      await file.close();
    }
  }

  async function fetchMissing(opened: Swarm, manifest: Manifest, map: PieceMap, file: PartFile): Promise<void> {
    part = deps.parts.add({ contentId, name: place.name, path: () => partPath, manifest, pieces: map });
    setChecking(false);
    try {
      await opened.fetchPieces({ manifest, pieces: map, file, onVerified: part.onVerified });
    } finally {
      // What is still being written, or asked a second time, must end before the file gets its name.
      await opened.close();
    }
  }

  return {
    run,
    get state() {
      if (isChecking) return 'checking';
      return swarm?.isMoving === true ? 'moving' : 'waiting';
    },
    get error() {
      return isChecking || swarm?.isMoving === true ? null : (swarm?.error ?? null);
    },
    get bytesPerSecond() {
      return swarm?.isMoving === true ? rate.bytesPerSecond() : 0;
    },
    get pieces() {
      return pieces;
    },
    sources: () => swarm?.views() ?? [],
    movingPieces: () => swarm?.movingPieces() ?? [],
    redial: () => swarm?.redial(),
  };
}
