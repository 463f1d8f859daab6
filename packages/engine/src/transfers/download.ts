import type { Transfer, TransferState } from '@enxame/shared/engine/transfer';
import { EnxameError, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { ErrorCode } from '@enxame/shared/errors/error-codes';
import { manifestBytesFor, type Manifest } from '@enxame/shared/content/manifest';
import { maxContentBytes } from '@enxame/shared/content/piece-size';
import type { DeviceId } from '@enxame/shared/ids';
import { manifestPath } from '@enxame/shared/peer/paths';
import type { Source } from '@enxame/shared/tracker/person';
import { dialSource } from '../peer/dial-source.js';
import type { PeerConnection } from '../peer/peer-connection.js';
import { toPathKind } from '../peer/path-kind.js';
import { createRateMeter } from '../peer/rate-meter.js';
import { createBackoff } from '../waiting/backoff.js';
import { createWakeableTimer } from '../waiting/wakeable-timer.js';
import type { DownloadRecord } from './download-record.js';
import { fetchPieces } from './fetch-pieces.js';
import { findExisting } from './find-existing.js';
import { parseContentManifest, type ManifestCache } from './manifest-cache.js';
import { openPartFile, partFilePath, type PartFile } from './part-file.js';
import { createPieceMap, type PieceMap } from './piece-map.js';
import { createSourceFinder, type SourceFinder, type SourceFinderDeps } from './source-finder.js';

/** What ended in the person's hands, or on this computer's disk: trying again by itself would not help. */
const finalCodes: readonly ErrorCode[] = [
  'cancelled',
  'disk-full',
  'folder-not-writable',
  'folder-missing',
  'disk-failed',
  'piece-mismatch',
];
/** The largest manifest that a source may send. */
const maxManifestBytes = manifestBytesFor(maxContentBytes);
const firstRetryMs = 1000;
const maxRetryMs = 30_000;

export interface DownloadDeps extends SourceFinderDeps {
  readonly tls: { readonly key: string; readonly cert: string };
  readonly manifests: ManifestCache;
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
   * Throws `cancelled` after the signal, and what only a person can mend (`finalCodes`).
   */
  run(signal: AbortSignal): Promise<{ path: string; manifest: Manifest }>;
}

/**
 * One content on its way here. Owns its part file and its connection while it runs; remembers nothing: what is there
 * is hashed again on the next run.
 */
export function createDownload(record: DownloadRecord, deps: DownloadDeps): Download {
  const rate = createRateMeter(deps.now);
  const wake = createWakeableTimer();
  const backoff = createBackoff({ firstMs: firstRetryMs, maxMs: maxRetryMs, random: deps.random });
  /** Sources that sent wrong bytes: not asked again in this run. */
  const liars = new Set<DeviceId>();
  let state: TransferState = 'waiting';
  let reason: ErrorInfo | null = null;
  let current: { source: Source; connection: PeerConnection } | undefined;
  let manifest: Manifest | undefined;
  let pieces: PieceMap | undefined;

  function setState(next: TransferState, error: ErrorInfo | null = null): void {
    state = next;
    reason = error;
    deps.onChange();
  }

  async function run(signal: AbortSignal): Promise<{ path: string; manifest: Manifest }> {
    const finder = createSourceFinder(record.contentId, deps, wake.wake);
    signal.addEventListener('abort', wake.wake, { once: true });
    let file: PartFile | undefined;
    try {
      manifest = await deps.manifests.load(record.contentId);
      manifest ??= await untilSourceGives(finder, signal, async (connection, ticket) => {
        const bytes = await connection.get(manifestPath(record.contentId), ticket, maxManifestBytes);
        const fetched = parseContentManifest(record.contentId, bytes);
        await deps.manifests.save(record.contentId, fetched);
        return fetched;
      });
      const known = manifest;
      const map = (pieces = createPieceMap(known.size));
      setState('checking');
      const existing = await findExisting({ ...record, size: known.size }, async (path) =>
        (await deps.verifyPieces(path, known, signal)).every((verified) => verified === 1),
      );
      if (existing !== undefined) {
        for (let index = 0; index < map.count; index++) map.markVerified(index);
        return { path: existing, manifest: known };
      }
      const part = (file = await openPartFile(record, known));
      // Hashing the holes of a new file would take as long as hashing the file.
      const verified = part.isNew ? [] : await deps.verifyPieces(partFilePath(record), known, signal);
      for (const [index, isVerified] of verified.entries()) if (isVerified === 1) map.markVerified(index);
      if (!map.isComplete) {
        await untilSourceGives(finder, signal, (connection, ticket) => {
          setState('moving');
          return fetchPieces({
            connection,
            contentId: record.contentId,
            ticket,
            manifest: known,
            pieces: map,
            file: part,
            onProgress,
          });
        });
      }
      if (signal.aborted) throw new EnxameError('cancelled');
      setState('checking');
      return { path: await part.finish(), manifest: known };
    } finally {
      signal.removeEventListener('abort', wake.wake);
      finder.close();
      current?.connection.close();
      current = undefined;
      await file?.close();
    }
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
    work: (connection: PeerConnection, ticket: string) => Promise<T>,
  ): Promise<T> {
    for (;;) {
      if (signal.aborted) throw new EnxameError('cancelled');
      const source = finder.sources.find(({ deviceId }) => !liars.has(deviceId));
      const { ticket } = finder;
      if (!source || ticket === undefined) {
        if (finder.sources.length > 0 && !source) throw new EnxameError('piece-mismatch', { name: record.name });
        setState('waiting', finder.error ?? null);
        await waitForChange(finder);
        continue;
      }
      try {
        return await work((await connectTo(source, signal)).connection, ticket);
      } catch (error) {
        current?.connection.close();
        current = undefined;
        if (!(error instanceof EnxameError) || finalCodes.includes(error.code)) throw error;
        if (error.code === 'source-lied' || error.code === 'manifest-mismatch') liars.add(source.deviceId);
        setState('waiting', { code: toSourceCode(error.code), params: { name: source.userName } });
        await waitForChange(finder);
      }
    }
  }

  async function connectTo(source: Source, signal: AbortSignal): Promise<{ connection: PeerConnection }> {
    if (current?.source.deviceId === source.deviceId) return current;
    current?.connection.close();
    current = undefined;
    current = { source, connection: await dialSource(source, deps.tls, signal) };
    return current;
  }

  /** Until sources come or go, or it is time to ask again: for new addresses and a new ticket. */
  async function waitForChange(finder: SourceFinder): Promise<void> {
    const before = finder.sources;
    await wake.wait(backoff.nextMs());
    if (finder.sources !== before) return;
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

/** What the person reads of a source's failure: codes of the peer protocol that mean nothing here become "refused". */
function toSourceCode(code: ErrorCode): ErrorCode {
  const known: readonly ErrorCode[] = ['source-unreachable', 'source-identity', 'source-lied', 'manifest-mismatch', 'ticket-invalid', 'content-not-found', 'file-changed', 'file-vanished']; // prettier-ignore
  return known.includes(code) ? code : 'source-refused';
}

function toSourceView(
  { deviceId, userName }: Source,
  { address }: PeerConnection,
  bytesPerSecond: number,
): Transfer['sources'][number] {
  return { deviceId, userName, path: toPathKind(address), bytesPerSecond };
}
