import type { Transfer, TransferState } from '@enxame/shared/engine/transfer';
import { EnxameError, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { ErrorCode } from '@enxame/shared/errors/error-codes';
import { manifestBytesFor, type Manifest } from '@enxame/shared/content/manifest';
import { maxContentBytes } from '@enxame/shared/content/piece-size';
import { manifestPath } from '@enxame/shared/peer/paths';
import type { Source } from '@enxame/shared/tracker/person';
import { dialSource } from '../peer/paths/dial-source.js';
import type { PeerConnection } from '../peer/peer-connection.js';
import { createRateMeter } from '../peer/rate-meter.js';
import { createBackoff } from '../waiting/backoff.js';
import type { Slots } from '../waiting/slots.js';
import { createWakeableTimer } from '../waiting/wakeable-timer.js';
import type { DownloadRecord } from './download-record.js';
import { fetchPieces } from './fetch-pieces.js';
import { findExisting } from './find-existing.js';
import { parseContentManifest, type ManifestCache } from './manifest-cache.js';
import { openPartFile, partFilePath, type PartFile } from './part-file.js';
import { createPieceMap, type PieceMap } from './piece-map.js';
import { removeFile } from '@enxame/storage/durable-file';
import { createSourcePicker, isSourceFault } from './source-picker.js';
import { createSourceFinder, type SourceFinder, type SourceFinderDeps } from './source-finder.js';

/** The largest manifest that a source may send. */
const maxManifestBytes = manifestBytesFor(maxContentBytes);
const firstRetryMs = 1000;
const maxRetryMs = 30_000;

export interface DownloadDeps extends SourceFinderDeps {
  readonly tls: { readonly key: string; readonly cert: string };
  readonly manifests: ManifestCache;
  /** How many downloads may hold a connection and buffers at the same time. */
  readonly slots: Slots;
  /** Hashes a file in a worker: one byte a piece, 1 where it verifies. Nothing on disk is believed. */
  readonly verifyPieces: (path: string, manifest: Manifest, signal: AbortSignal) => Promise<Uint8Array>;
  readonly onChange: () => void;
  readonly onReceived: (bytes: number) => void;
  readonly now: () => number;
  readonly random: () => number;
}

export interface Download {
  readonly progress: Pick<
    Transfer,
    'state' | 'size' | 'bytesDone' | 'bytesPerSecond' | 'sources' | 'pieceCount' | 'piecesVerified' | 'error'
  >;
  /**
   * Fetches until the content is in place, whatever comes and goes meanwhile; resolves with its path and manifest.
   * Throws `cancelled` after the signal, and what trying again by itself would not mend: this computer's disk,
   * a content of another size than was asked for, sources that all lied.
   */
  run(signal: AbortSignal): Promise<{ path: string; manifest: Manifest }>;
}

interface ConnectedSource {
  readonly source: Source;
  readonly connection: PeerConnection;
}

/**
 * One content on its way here. Owns its part file and its connection while it runs; remembers nothing: what is there
 * is hashed again on the next run.
 */
export function createDownload(record: DownloadRecord, deps: DownloadDeps): Download {
  const rate = createRateMeter(deps.now);
  const wake = createWakeableTimer();
  const wakeUp = (): void => {
    wake.wake();
  };
  const backoff = createBackoff({ firstMs: firstRetryMs, maxMs: maxRetryMs, random: deps.random });
  const picker = createSourcePicker();
  let state: TransferState = 'waiting';
  let reason: ErrorInfo | null = null;
  let current: ConnectedSource | undefined;
  let manifest: Manifest | undefined;
  let pieces: PieceMap | undefined;

  function setState(next: TransferState, error: ErrorInfo | null = null): void {
    state = next;
    reason = error;
    deps.onChange();
  }

  async function run(signal: AbortSignal): Promise<{ path: string; manifest: Manifest }> {
    const finder = createSourceFinder(record.contentId, deps, wakeUp);
    signal.addEventListener('abort', wakeUp, { once: true });
    try {
      manifest = (await deps.manifests.load(record.contentId)) ?? (await fetchManifest(finder, signal));
      // The person saw a size and agreed to it; the catalogue's word is nobody's proof, the manifest is.
      if (manifest.size !== record.size) throw new EnxameError('manifest-mismatch', { name: record.name });
      setState('checking');
      return { path: await fetchContent(finder, manifest, signal), manifest };
    } finally {
      signal.removeEventListener('abort', wakeUp);
      finder.close();
      hangUp();
    }
  }

  function fetchManifest(finder: SourceFinder, signal: AbortSignal): Promise<Manifest> {
    return untilSourceGives(finder, signal, async ({ connection }, ticket) => {
      const bytes = await connection.get(manifestPath(record.contentId), { ticket }, maxManifestBytes);
      const fetched = parseContentManifest(record.contentId, bytes);
      await deps.manifests.save(record.contentId, fetched);
      return fetched;
    });
  }

  /** Returns where the content is in place. */
  async function fetchContent(finder: SourceFinder, known: Manifest, signal: AbortSignal): Promise<string> {
    const map = (pieces = createPieceMap(known.size));
    const existing = await findExisting(record, async (path) =>
      (await deps.verifyPieces(path, known, signal)).every((verified) => verified === 1),
    );
    if (existing !== undefined) {
      for (let index = 0; index < map.count; index++) map.markVerified(index);
      // After a crash between getting its name and losing the other one, the part file is still there.
      await removeFile(partFilePath(record));
      return existing;
    }
    const file = await openPartFile(record, known);
    try {
      // Hashing the holes of a new file would take as long as hashing the file.
      const verified = file.isNew ? [] : await deps.verifyPieces(partFilePath(record), known, signal);
      for (const [index, isVerified] of verified.entries()) if (isVerified === 1) map.markVerified(index);
      if (!map.isComplete) await fetchMissing(finder, known, map, file, signal);
      if (signal.aborted) throw new EnxameError('cancelled');
      setState('checking');
      return await file.finish();
    } finally {
      await file.close();
    }
  }

  async function fetchMissing(
    finder: SourceFinder,
    known: Manifest,
    map: PieceMap,
    file: PartFile,
    signal: AbortSignal,
  ): Promise<void> {
    await untilSourceGives(finder, signal, ({ source, connection }, ticket) => {
      setState('moving');
      return fetchPieces({
        connection,
        contentId: record.contentId,
        ticket,
        manifest: known,
        pieces: map,
        file,
        onProgress,
        onVerified: () => {
          deps.onChange();
        },
        onWrongPiece: () => {
          if (picker.strike(source.deviceId)) throw new EnxameError('source-lied');
        },
      });
    });
  }

  function onProgress(bytes: number): void {
    rate.add(bytes);
    deps.onReceived(bytes);
    backoff.reset();
    deps.onChange();
  }

  /** Does the work with one source after the other, as they come and go, until one of them has done it. */
  async function untilSourceGives<T>(
    finder: SourceFinder,
    signal: AbortSignal,
    work: (peer: ConnectedSource, ticket: string) => Promise<T>,
  ): Promise<T> {
    const isStopped = (): boolean => signal.aborted;
    for (;;) {
      if (isStopped()) throw new EnxameError('cancelled');
      wake.forget();
      const { sources, ticket } = finder;
      const source = ticket === undefined ? undefined : picker.pick(sources);
      if (!source || ticket === undefined) {
        if (picker.areAllLiars(sources)) throw new EnxameError('piece-mismatch', { name: record.name });
        if (sources.length === 0 || ticket === undefined)
          setState('waiting', finder.error ? toSourceError(finder.error, record.personName) : null);
        await waitForChange(finder, signal);
        picker.newRound();
        continue;
      }
      const giveSlotBack = await deps.slots.take(signal);
      try {
        return await work(await connectTo(source, signal), ticket);
      } catch (error) {
        hangUp();
        if (isStopped()) throw new EnxameError('cancelled');
        if (!(error instanceof EnxameError) || !isSourceFault(error.code)) throw error;
        picker.failed(source.deviceId, error.code);
        setState('waiting', toSourceError(error, source.userName));
      } finally {
        giveSlotBack();
      }
    }
  }

  async function connectTo(source: Source, signal: AbortSignal): Promise<ConnectedSource> {
    if (current?.source.deviceId === source.deviceId && !current.connection.isClosed) return current;
    hangUp();
    current = { source, connection: await dialSource(source, deps.tls, signal) };
    return current;
  }

  function hangUp(): void {
    current?.connection.close();
    current = undefined;
  }

  /** Until sources come or go, or it is time to ask again: for new addresses and a new ticket. */
  async function waitForChange(finder: SourceFinder, signal: AbortSignal): Promise<void> {
    const before = finder.sources;
    await wake.wait(backoff.nextMs());
    if (signal.aborted || finder.sources !== before) return;
    try {
      await finder.refresh();
    } catch (error) {
      // No tracker, or it refused: the finder remembers why, and the next wait asks again.
      if (!(error instanceof EnxameError)) throw error;
    }
  }

  return {
    run,
    get progress() {
      return {
        state,
        size: manifest?.size ?? record.size,
        bytesDone: pieces?.verifiedBytes ?? 0,
        bytesPerSecond: state === 'moving' ? rate.bytesPerSecond() : 0,
        sources:
          current && state === 'moving'
            ? [toSourceView(current.source, current.connection, rate.bytesPerSecond())]
            : [],
        pieceCount: pieces?.count ?? 0,
        piecesVerified: pieces?.verifiedCount ?? 0,
        error: reason,
      };
    },
  };
}

/** What the person reads of a source's failure: what its codes say of the source, not of this computer. */
function toSourceError({ code }: { readonly code: ErrorCode }, name: string): ErrorInfo {
  const gone: readonly ErrorCode[] = ['content-not-found', 'file-changed', 'file-vanished'];
  const unspoken: readonly ErrorCode[] = ['unauthorized', 'not-found', 'not-supported', 'rate-limited'];
  const said = gone.includes(code) ? 'source-gone' : unspoken.includes(code) ? 'source-refused' : code;
  return { code: said, params: { name } };
}

function toSourceView(
  { deviceId, userName }: Source,
  { pathKind, betterPathError }: PeerConnection,
  bytesPerSecond: number,
): Transfer['sources'][number] {
  const unknown = { bytesDone: 0, piecesHeld: null, queue: null, error: null } as const;
  return { ...unknown, betterPathError, deviceId, userName, state: 'moving', path: pathKind, bytesPerSecond };
}
