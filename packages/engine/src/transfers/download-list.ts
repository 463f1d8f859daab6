import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PieceCells } from '@enxame/shared/engine/piece-cells';
import type { Transfer, TransferPriority } from '@enxame/shared/engine/transfer';
import type { Collection } from '@enxame/shared/content/collection';
import type { Manifest } from '@enxame/shared/content/manifest';
import { EnxameError, isErrorWithCode, toErrorInfo } from '@enxame/shared/errors/enxame-error';
import { transferIdSchema, type ContentId, type DeviceId, type EntryId, type TransferId } from '@enxame/shared/ids';
import type { CollectionSummary } from '@enxame/shared/tracker/entry';
import { toDiskError } from '@enxame/storage/disk-error';
import { removeFile } from '@enxame/storage/durable-file';
import { openJournal, type Journal } from '@enxame/storage/journal';
import type { OnBroken } from '@enxame/storage/json-document';
import type { Logger } from 'pino';
import { isFolderRecord, type FolderDownloads, type FolderRecord } from '../collections/folder-downloads.js';
import { refuseWithoutRoom } from '../preflight/room.js';
import { createRateMeter } from '../peer/rate-meter.js';
import { createKeyedTurns } from '../waiting/keyed-turns.js';
import { createSlots } from '../waiting/slots.js';
import type { RateControl } from '../limits/rate-control.js';
import { createDownloadLine } from './download-line.js';
import { createDownload, type Download, type DownloadDeps } from './download.js';
import { downloadRecordSchema, type DownloadRecord } from './download-record.js';
import { toDownloadView } from './download-view.js';
import { createBufferBudget } from './piece-buffers.js';
import { createManifestCache } from './manifest-cache.js';
import { partFilePath } from './part-file.js';
import { toStoppedCells } from './piece-cells.js';

/** A content that was just verified and put in place. */
export interface ReceivedContent {
  readonly contentId: ContentId;
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly manifest: Manifest;
  /** Those who gave bytes of it. */
  readonly givers: readonly DeviceId[];
}

export interface DownloadListDeps extends Omit<
  DownloadDeps,
  'manifests' | 'slots' | 'dials' | 'budget' | 'onChange' | 'onReceived' | 'onPlaced'
> {
  readonly dataFolder: string;
  readonly onBroken: OnBroken;
  readonly onChange: (id: TransferId) => void;
  readonly onRemove: (id: TransferId) => void;
  /** It came to an end, or more is known of the end that it came to. */
  readonly onEnded: (record: DownloadRecord, result: DownloadResult) => void;
  /** How many may move at the same time. */
  readonly slots: () => number;
  readonly rates: RateControl;
  /** Makes the content a thing that this device has; resolves when that is remembered. */
  readonly onReceived: (content: ReceivedContent) => Promise<void>;
  /** As `onReceived`, of a folder. */
  readonly onReceivedFolder: (folder: ReceivedFolder) => Promise<void>;
  readonly folderDownloads: FolderDownloads;
  /** Whether the path still holds the content, as far as can be told without hashing it. */
  readonly isStillThere: (contentId: ContentId, path: string) => Promise<boolean>;
  /** SHA-256 of a file in place, computed in a worker. */
  readonly sha256: (
    file: { readonly contentId: ContentId; readonly path: string },
    signal: AbortSignal,
  ) => Promise<string>;
  readonly logger: Logger;
}

/** A folder that was just verified and put in place; this device holds it. */
export interface ReceivedFolder {
  readonly contentId: ContentId;
  readonly size: number;
  readonly givers: readonly DeviceId[];
}

export type DownloadResult = 'verified' | 'failed' | 'cancelled';

export interface WantedDownload {
  readonly contentId: ContentId;
  readonly entryId: EntryId | null;
  readonly name: string;
  readonly size: number;
  /** Set when it is a folder. */
  readonly collection: CollectionSummary | null;
  readonly personName: string;
  readonly folder: string;
}

/**
 * All downloads, those of earlier runs too. Owns `downloads.jsonl` and the running downloads. What is asked of one
 * download is done in the order in which it was asked.
 */
export interface DownloadList {
  list(): Transfer[];
  view(id: TransferId): Transfer | undefined;
  /** The same content into the same folder is the same download, as long as it runs or its file is still there. */
  start(wanted: WantedDownload): Promise<Transfer>;
  /** What is in a folder that may be wanted; undefined when no source tells before the signal. */
  openCollection(wanted: WantedDownload, signal: AbortSignal): Promise<Collection | undefined>;
  pause(id: TransferId): Promise<void>;
  resume(id: TransferId): Promise<void>;
  remove(id: TransferId): Promise<void>;
  limit(id: TransferId, bytesPerSecond: number | null): Promise<void>;
  prioritise(id: TransferId, priority: TransferPriority): Promise<void>;
  /** Right before another, or last of its priority. */
  move(id: TransferId, before: TransferId | null): Promise<void>;
  /** Another count of slots is set. */
  slotsChanged(): void;
  bytesPerSecond(): number;
  /** Throws `transfer-not-found`. */
  pieces(id: TransferId): PieceCells;
  /** The network is another one: what waits dials at once. */
  redial(): void;
  /** Goes on with what was under way when the engine stopped. */
  resumeAll(): void;
  close(): Promise<void>;
}

/** Each dials up to 16 addresses, and takes 10 s for one that does not answer. */
const maxDials = 16;

const unmoved = { priority: 'normal', limitBytesPerSecond: null, bytesMoved: 0, givers: [] as DeviceId[] } as const;

interface Running {
  readonly download: Download;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

export async function openDownloadList(deps: DownloadListDeps): Promise<DownloadList> {
  const records: Journal<DownloadRecord> = await openJournal(
    join(deps.dataFolder, 'downloads.jsonl'),
    downloadRecordSchema,
    deps.onBroken,
    deps.timers.now,
  );
  const manifests = createManifestCache(join(deps.dataFolder, 'downloads'));
  const running = new Map<TransferId, Running>();
  const line = createDownloadLine({
    records: { get: (id) => records.get(id), values: () => records.values() },
    update,
    secondsLeft: (id) => viewOf(id)?.secondsLeft ?? null,
    slots: deps.slots,
    rates: deps.rates,
    onChange: deps.onChange,
  });
  const dials = createSlots(maxDials);
  const budget = createBufferBudget();
  const turns = createKeyedTurns();
  const background = new AbortController();
  const sums = new Set<Promise<void>>();
  const total = createRateMeter(deps.timers.now);

  function recordOf(id: TransferId): DownloadRecord {
    const record = records.get(id);
    if (!record) throw new EnxameError('transfer-not-found');
    return record;
  }

  async function update(id: TransferId, change: Partial<DownloadRecord>): Promise<void> {
    const record = records.get(id);
    if (record) await records.set(id, { ...record, ...change });
    deps.onChange(id);
  }

  /** As `update`, and it is history from then on. */
  async function end(id: TransferId, result: DownloadResult, change: Partial<DownloadRecord>): Promise<void> {
    const before = records.get(id);
    if (!before) return;
    const record = { ...before, ...change };
    await records.set(id, record);
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
    const common = {
      ...deps,
      manifests,
      slots: line.slotsOf(record.id),
      paths: line.limitPaths(record.id, deps.paths, (deviceId) => {
        noteGiver(record.id, deviceId);
      }),
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
          onPlaced: (path) => settleFolder({ ...record, bytesMoved }, path),
        })
      : createDownload(record, {
          ...common,
          onPlaced: (fetched) => settle({ ...record, bytesMoved }, fetched),
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

  async function settle(
    record: DownloadRecord,
    { path, manifest }: { path: string; manifest: Manifest },
  ): Promise<void> {
    const { mtimeMs } = await stat(path);
    const { contentId, bytesMoved } = record;
    const givers = records.get(record.id)?.givers ?? [];
    await deps.onReceived({ contentId, path, size: manifest.size, mtimeMs, manifest, givers });
    const finishedAt = deps.timers.now();
    const done = { intent: 'verified', path, size: manifest.size, bytesMoved, error: null, finishedAt } as const;
    await end(record.id, 'verified', done);
    await manifests.remove(record.contentId);
    addSha256({ ...record, ...done });
  }

  async function settleFolder(record: FolderRecord, path: string): Promise<void> {
    const { id, contentId, size, bytesMoved } = record;
    await deps.onReceivedFolder({ contentId, size, givers: records.get(id)?.givers ?? [] });
    const finishedAt = deps.timers.now();
    await end(id, 'verified', { intent: 'verified', path, bytesMoved, error: null, finishedAt });
    await manifests.remove(contentId);
    await deps.folderDownloads.clean(record, { keepFiles: true });
  }

  /** People compare SHA-256; it is computed after the fact, from the file in place, never taken from the sender. */
  function addSha256(record: DownloadRecord): void {
    if (record.path === null) return;
    const sum = deps
      .sha256({ contentId: record.contentId, path: record.path }, background.signal)
      .then((sha256) => end(record.id, 'verified', { sha256 }))
      .catch((error: unknown) => {
        if (!isErrorWithCode(error, 'cancelled')) deps.logger.warn({ err: error }, 'no SHA-256 for a received file');
      })
      .finally(() => sums.delete(sum));
    sums.add(sum);
  }

  const toView = (record: DownloadRecord): Transfer =>
    toDownloadView(record, line.describe(record), running.get(record.id)?.download.progress);
  const viewOf = (id: TransferId): Transfer | undefined => {
    const record = records.get(id);
    return record && toView(record);
  };

  async function stop(id: TransferId): Promise<void> {
    const current = running.get(id);
    current?.abort.abort();
    await current?.ended;
  }

  /** One that goes on, or whose file is where it was put. A verified one whose file went away is history. */
  async function findSame({ contentId, folder }: WantedDownload): Promise<DownloadRecord | undefined> {
    const same = [...records.values()].filter((record) => record.contentId === contentId && record.folder === folder);
    const unfinished = same.find(({ intent }) => intent !== 'verified');
    if (unfinished) return unfinished;
    for (const record of same) {
      if (await isStillThere(record)) return record;
    }
    return undefined;
  }

  async function isStillThere(record: DownloadRecord): Promise<boolean> {
    if (isFolderRecord(record)) return deps.folderDownloads.isStillThere(record);
    return record.path !== null && (await deps.isStillThere(record.contentId, record.path));
  }

  async function start(wanted: WantedDownload): Promise<Transfer> {
    const same = await findSame(wanted);
    if (same) {
      await turns.run(same.id, () => resume(same.id));
      return toView(recordOf(same.id));
    }
    await refuseWithoutRoom(wanted);
    const record = toRecord(wanted);
    await records.set(record.id, record);
    launch(record);
    return toView(record);
  }

  function toRecord(wanted: WantedDownload): DownloadRecord {
    const id = transferIdSchema.parse(randomUUID());
    const unset = { intent: 'run', bytesDone: 0, finishedAt: null, path: null, sha256: null, error: null } as const;
    const startedAt = deps.timers.now();
    return { ...wanted, ...unset, ...unmoved, id, startedAt, order: startedAt };
  }

  async function openCollection(wanted: WantedDownload, signal: AbortSignal): Promise<Collection | undefined> {
    const record = toRecord(wanted);
    if (!isFolderRecord(record)) return undefined;
    // Nobody's turn in the queue: it takes a moment, and somebody waits for the answer.
    const slots = createSlots(maxDials);
    const quiet = { onChange: () => undefined, onReceived: () => undefined };
    const hooks = { ...deps, ...quiet, manifests, dials, budget, slots };
    try {
      return await deps.folderDownloads.openCollection(record, hooks, signal);
    } catch (error) {
      if (isErrorWithCode(error, 'cancelled')) return undefined;
      throw error;
    }
  }

  async function resume(id: TransferId): Promise<void> {
    const record = recordOf(id);
    if (running.has(id) || record.intent === 'verified') return;
    const next: DownloadRecord = { ...record, intent: 'run', error: null, finishedAt: null };
    await records.set(id, next);
    launch(next);
  }

  async function pause(id: TransferId): Promise<void> {
    if (recordOf(id).intent !== 'run') return;
    await stop(id);
    // It may have finished in the meantime.
    if (recordOf(id).intent === 'run') await update(id, { intent: 'paused' });
  }

  async function remove(id: TransferId): Promise<void> {
    await stop(id);
    const record = recordOf(id);
    await records.delete(id);
    deps.onRemove(id);
    if (record.intent === 'verified') return;
    deps.onEnded({ ...record, finishedAt: deps.timers.now() }, 'cancelled');
    try {
      if (isFolderRecord(record)) await deps.folderDownloads.clean(record, { keepFiles: false });
      else await removeFile(partFilePath(record));
    } catch (error) {
      throw toDiskError(error, record.folder);
    }
    await manifests.remove(record.contentId);
  }

  function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    return turns.run(key, async () => {
      if (background.signal.aborted) throw new EnxameError('engine-stopped');
      return work();
    });
  }

  return {
    list: () => [...records.values()].map(toView),
    view: viewOf,
    // One at a time: of two clicks, the second must find what the first began.
    start: (wanted) => inTurn(`${wanted.contentId} ${wanted.folder}`, () => start(wanted)),
    openCollection,
    pause: (id) => inTurn(id, () => pause(id)),
    resume: (id) => inTurn(id, () => resume(id)),
    remove: (id) => inTurn(id, () => remove(id)),
    limit: (id, bytesPerSecond) => inTurn(id, () => line.limit(recordOf(id), bytesPerSecond)),
    prioritise: (id, priority) => inTurn(id, () => line.prioritise(recordOf(id), priority)),
    move: (id, before) => inTurn(id, () => line.move(recordOf(id), before)),
    slotsChanged: line.changed,
    bytesPerSecond: () => total.bytesPerSecond(),
    pieces: (id) => {
      const record = recordOf(id);
      const { pieceCount, piecesVerified } = toView(record);
      return running.get(id)?.download.cells() ?? toStoppedCells(pieceCount, piecesVerified === pieceCount);
    },
    redial: () => {
      for (const { download } of running.values()) download.redial();
    },
    resumeAll: () => {
      for (const record of records.values()) {
        if (record.intent === 'run') launch(record);
        else if (record.intent === 'verified' && record.sha256 === null && !isFolderRecord(record)) addSha256(record);
      }
    },
    close: async () => {
      background.abort(); // from here on nothing starts
      await turns.idle();
      await Promise.all([...running.keys()].map(stop));
      await Promise.all(sums);
      await records.close();
    },
  };
}
