/**
 * The downloads that run now. Owns them and what follows when one ends: it is remembered, told, held, and summed. Which
 * of them may run, and in which order, the list decides.
 */
import { stat } from 'node:fs/promises';
import type { PathKind } from '@enxame/shared/engine/transfer';
import { EnxameError, isErrorWithCode, toErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { DeviceId, TransferId } from '@enxame/shared/ids';
import type { Journal } from '@enxame/storage/journal';
import { createRateMeter } from '../peer/rate-meter.js';
import { createSlots, type Slots } from '../waiting/slots.js';
import type { DownloadLine } from './download-line.js';
import type { DownloadListDeps, DownloadResult } from './download-list-deps.js';
import { isFolderRecord, type FolderRecord } from '../collections/folder-downloads.js';
import type { FetchedContent } from './content-fetch.js';
import { createDownload, type Download } from './download.js';
import type { DownloadRecord } from './download-record.js';
import type { ManifestCache } from './manifest-cache.js';
import type { PartContents } from './part-contents.js';
import { createBufferBudget, type BufferBudget } from './piece-buffers.js';

export interface DownloadRuns {
  /** What all of them share of this computer. */
  readonly dials: Slots;
  readonly budget: BufferBudget;
  has(id: TransferId): boolean;
  get(id: TransferId): Download | undefined;
  /** By which path bytes of it came last, in this run of the program. */
  pathOf(id: TransferId): PathKind | undefined;
  /** It is off the list. */
  forget(id: TransferId): void;
  launch(record: DownloadRecord): void;
  /** Resolves when nothing of it is under way. */
  stop(id: TransferId): Promise<void>;
  /** People compare SHA-256; it is computed after the fact, from the file in place, never taken from the sender. */
  readonly addSha256: (record: DownloadRecord) => void;
  bytesPerSecond(): number;
  redial(): void;
  close(): Promise<void>;
}

/** Each dials up to 16 addresses, and takes 10 s for one that does not answer. */
export const maxDials = 16;

interface Running {
  readonly download: Download;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

export function createDownloadRuns(
  deps: DownloadListDeps,
  parts: {
    readonly records: Pick<Journal<DownloadRecord>, 'get' | 'set'>;
    readonly manifests: ManifestCache;
    readonly line: DownloadLine;
    readonly update: (id: TransferId, change: Partial<DownloadRecord>) => Promise<void>;
  },
): DownloadRuns {
  const { records, manifests, line, update } = parts;
  const running = new Map<TransferId, Running>();
  const pathOf = new Map<TransferId, PathKind>();
  const dials = createSlots(maxDials);
  const budget = createBufferBudget();
  const background = new AbortController();
  const sums = new Set<Promise<void>>();
  const total = createRateMeter(deps.timers.now);

  /** As `update`, and it is history from then on. */
  async function end(id: TransferId, result: DownloadResult, change: Partial<DownloadRecord>): Promise<void> {
    const before = records.get(id);
    if (!before) return;
    const record = { ...before, ...change };
    try {
      await records.set(id, record);
    } catch (error) {
      if (result !== 'failed') throw error;
      // The disk that ended it may refuse this, too. It failed all the same, and what looks at the disk has to know.
      deps.logger.error({ err: error }, 'the list of downloads could not be saved');
    }
    deps.onEnded(record, result);
    deps.onChange(id);
  }

  /** Remembered at once: it is owed a receipt, whatever happens to this computer until then. */
  function noteGiver(id: TransferId, deviceId: DeviceId): void {
    const givers = records.get(id)?.givers ?? [];
    if (givers.includes(deviceId)) return;
    update(id, { givers: [...givers, deviceId] }).catch((error: unknown) => {
      deps.logger.error({ err: error }, 'the list of downloads could not be saved');
    });
  }

  function launch(record: DownloadRecord): void {
    const abort = new AbortController();
    let bytesMoved = record.bytesMoved;
    const moved = { direct: 0, relayed: 0, hosted: 0 };
    const tell = (): void => {
      if (record.door === 'catalogue') deps.onVerified?.(record.contentId, moved);
    };
    const common = {
      ...deps,
      parts: record.door === 'code' ? keepPrivate(deps.parts) : deps.parts,
      manifests,
      slots: line.slotsOf(record.id),
      paths: line.limitPaths(
        record.id,
        deps.paths,
        (deviceId) => {
          noteGiver(record.id, deviceId);
        },
        (kind, bytes) => {
          pathOf.set(record.id, kind);
          moved[kind === 'relay' ? 'relayed' : kind === 'hosted' ? 'hosted' : 'direct'] += bytes;
        },
      ),
      dials,
      budget,
      onChange: () => {
        deps.onChange(record.id);
      },
      onReceived: (bytes: number) => {
        total.add(bytes);
        bytesMoved += bytes;
      },
    };
    const download = isFolderRecord(record)
      ? deps.folderDownloads.create(record, {
          ...common,
          onPlaced: (path) => settleFolder({ ...record, bytesMoved }, path).then(tell),
        })
      : createDownload(record, {
          ...common,
          onPlaced: (fetched) => settle({ ...record, bytesMoved }, fetched).then(tell),
        });
    const ended = download
      .run(abort.signal)
      .then(() => undefined)
      .catch(async (error: unknown) => {
        const { bytesDone } = download.progress;
        if (abort.signal.aborted) {
          await update(record.id, { bytesDone, bytesMoved });
          return;
        }
        if (!(error instanceof EnxameError)) deps.logger.error({ err: error }, 'download failed');
        await end(record.id, 'failed', {
          intent: 'failed',
          bytesDone,
          bytesMoved,
          error: toErrorInfo(error),
          finishedAt: deps.timers.now(),
        });
      })
      .catch((error: unknown) => {
        deps.logger.error({ err: error }, 'the list of downloads could not be saved');
      })
      .finally(() => {
        running.delete(record.id);
        deps.onChange(record.id);
      });
    running.set(record.id, { download, abort, ended });
    deps.onChange(record.id);
  }

  async function settle(record: DownloadRecord, { path, manifest, isCold }: FetchedContent): Promise<void> {
    const { mtimeMs } = await stat(path);
    const { contentId, bytesMoved } = record;
    const givers = records.get(record.id)?.givers ?? [];
    await deps.onReceived({ contentId, path, size: manifest.size, mtimeMs, manifest, givers, door: record.door });
    const finishedAt = deps.timers.now();
    const done = { intent: 'verified', path, size: manifest.size, bytesMoved, error: null, finishedAt } as const;
    await end(record.id, 'verified', done);
    await manifests.remove(record.contentId);
    addSha256({ ...record, ...done }, isCold);
  }

  async function settleFolder(record: FolderRecord, path: string): Promise<void> {
    const { id, contentId, size, bytesMoved, door } = record;
    await deps.onReceivedFolder({ contentId, size, givers: records.get(id)?.givers ?? [], door });
    const finishedAt = deps.timers.now();
    await end(id, 'verified', { intent: 'verified', path, bytesMoved, error: null, finishedAt });
    await manifests.remove(contentId);
    await deps.folderDownloads.clean(record, { keepFiles: true });
  }

  function addSha256(record: DownloadRecord, isCold = false): void {
    if (record.path === null) return;
    const sum = deps
      .sha256({ contentId: record.contentId, path: record.path, isCold }, background.signal)
      .then((sha256) => end(record.id, 'verified', { sha256 }))
      .catch((error: unknown) => {
        if (!isErrorWithCode(error, 'cancelled')) deps.logger.warn({ err: error }, 'no SHA-256 for a received file');
      })
      .finally(() => sums.delete(sum));
    sums.add(sum);
  }

  async function stop(id: TransferId): Promise<void> {
    const current = running.get(id);
    current?.abort.abort();
    await current?.ended;
  }

  return {
    dials,
    budget,
    has: (id) => running.has(id),
    get: (id) => running.get(id)?.download,
    pathOf: (id) => pathOf.get(id),
    forget: (id) => {
      pathOf.delete(id);
    },
    launch,
    stop,
    addSha256,
    bytesPerSecond: () => total.bytesPerSecond(),
    redial: () => {
      for (const { download } of running.values()) download.redial();
    },
    close: async () => {
      background.abort();
      await Promise.all([...running.keys()].map(stop));
      await Promise.all(sums);
    },
  };
}

const keepPrivate = (parts: PartContents): PartContents => ({
  ...parts,
  add: (part) => parts.add({ ...part, isPrivate: true }),
});
