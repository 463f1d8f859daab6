import { join } from 'node:path';
import type { PieceCells } from '@enxame/shared/engine/piece-cells';
import type { PathKind, Transfer, TransferPriority } from '@enxame/shared/engine/transfer';
import type { Collection } from '@enxame/shared/content/collection';
import { EnxameError, isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import type { TransferId } from '@enxame/shared/ids';
import { toDiskError } from '@enxame/storage/disk-error';
import { removeFile } from '@enxame/storage/durable-file';
import { openJournal, type Journal } from '@enxame/storage/journal';
import { isFolderRecord } from '../collections/folder-downloads.js';
import { refuseWithoutRoom } from '../preflight/room.js';
import { createKeyedTurns } from '../waiting/keyed-turns.js';
import { createSlots } from '../waiting/slots.js';
import { createDownloadLine } from './download-line.js';
import { createDiskMend, isEndedByDisk } from './disk-mend.js';
import type { DownloadListDeps } from './download-list-deps.js';
import { downloadRecordSchema, type DownloadRecord } from './download-record.js';
import { toDownloadView } from './download-view.js';
import { createDownloadRuns, maxDials } from './download-runs.js';
import { createManifestCache } from './manifest-cache.js';
import { partFilePath } from './part-file.js';
import { toStoppedCells } from './piece-cells.js';
import { toDownloadRecord, type WantedDownload } from './wanted-download.js';

/**
 * All downloads, those of earlier runs too. Owns `downloads.jsonl` and the running downloads. What is asked of one
 * download is done in the order in which it was asked.
 */
export interface DownloadList {
  list(): Transfer[];
  view(id: TransferId): Transfer | undefined;
  /** By which path bytes of it came last; undefined when none came since the engine started. */
  pathOf(id: TransferId): PathKind | undefined;
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

export async function openDownloadList(deps: DownloadListDeps): Promise<DownloadList> {
  const records: Journal<DownloadRecord> = await openJournal(
    join(deps.dataFolder, 'downloads.jsonl'),
    downloadRecordSchema,
    deps.onBroken,
    deps.timers.now,
  );
  const manifests = createManifestCache(join(deps.dataFolder, 'downloads'));
  const line = createDownloadLine({
    records: { get: (id) => records.get(id), values: () => records.values() },
    update,
    secondsLeft: (id) => viewOf(id)?.secondsLeft ?? null,
    slots: deps.slots,
    rates: deps.rates,
    onChange: deps.onChange,
  });
  const turns = createKeyedTurns();
  const mend = createDiskMend({ ...deps, records, resume: (id) => turns.run(id, () => resumeMended(id)) });
  const onEnded: DownloadListDeps['onEnded'] = (record, result) => {
    deps.onEnded(record, result);
    if (result === 'failed') mend.wake();
  };
  const runs = createDownloadRuns({ ...deps, onEnded }, { records, manifests, line, update });
  let isClosing = false;

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

  /** What cannot be remembered does not begin: it is taken back, and who asked is told. */
  async function remember(record: DownloadRecord): Promise<void> {
    const before = records.get(record.id);
    try {
      await records.set(record.id, record);
    } catch (error) {
      const undone = before ? records.set(before.id, before) : records.delete(record.id);
      await undone.catch(() => undefined); // it counts at once, and is on disk with the next change that gets there
      throw error;
    }
  }

  const toView = (record: DownloadRecord): Transfer =>
    toDownloadView(record, line.describe(record), runs.get(record.id)?.progress);
  const viewOf = (id: TransferId): Transfer | undefined => {
    const record = records.get(id);
    return record && toView(record);
  };

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
      await turns.run(same.id, () => goOn(same, wanted));
      return toView(recordOf(same.id));
    }
    await refuseWithoutRoom(wanted);
    const record = toDownloadRecord(wanted, deps.timers.now());
    await remember(record);
    runs.launch(record);
    return toView(record);
  }

  async function openCollection(wanted: WantedDownload, signal: AbortSignal): Promise<Collection | undefined> {
    const record = toDownloadRecord(wanted, deps.timers.now());
    if (!isFolderRecord(record)) return undefined;
    // Nobody's turn in the queue: it takes a moment, and somebody waits for the answer.
    const slots = createSlots(maxDials);
    const quiet = { onChange: () => undefined, onReceived: () => undefined };
    const hooks = { ...deps, ...quiet, manifests, dials: runs.dials, budget: runs.budget, slots };
    try {
      return await deps.folderDownloads.openCollection(record, hooks, signal);
    } catch (error) {
      if (isErrorWithCode(error, 'cancelled')) return undefined;
      throw error;
    }
  }

  /** What was begun by one door goes on by another: what is here of it stays. */
  async function goOn({ id, intent, door }: DownloadRecord, wanted: WantedDownload): Promise<void> {
    const { door: nextDoor = 'catalogue', entryId } = wanted;
    if (intent !== 'verified' && nextDoor !== door) {
      await runs.stop(id);
      await update(id, { door: nextDoor, entryId });
    }
    await resume(id);
  }

  async function resume(id: TransferId): Promise<void> {
    const record = recordOf(id);
    if (runs.has(id) || record.intent === 'verified') return;
    const next: DownloadRecord = { ...record, intent: 'run', error: null, finishedAt: null };
    await remember(next);
    runs.launch(next);
  }

  /** The person may have thought of something else meanwhile. */
  async function resumeMended(id: TransferId): Promise<void> {
    const record = records.get(id);
    if (!isClosing && record && isEndedByDisk(record)) await resume(id);
  }

  async function pause(id: TransferId): Promise<void> {
    if (recordOf(id).intent !== 'run') return;
    await runs.stop(id);
    // It may have finished in the meantime.
    if (recordOf(id).intent === 'run') await update(id, { intent: 'paused' });
  }

  async function remove(id: TransferId): Promise<void> {
    await runs.stop(id);
    const record = recordOf(id);
    await records.delete(id);
    runs.forget(id);
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
      if (isClosing) throw new EnxameError('engine-stopped');
      return work();
    });
  }

  return {
    list: () => [...records.values()].map(toView),
    view: viewOf,
    pathOf: (id) => runs.pathOf(id),
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
    bytesPerSecond: () => runs.bytesPerSecond(),
    pieces: (id) => {
      const record = recordOf(id);
      const { pieceCount, piecesVerified } = toView(record);
      return runs.get(id)?.cells() ?? toStoppedCells(pieceCount, piecesVerified === pieceCount);
    },
    redial: () => {
      runs.redial();
    },
    resumeAll: () => {
      for (const record of records.values()) {
        if (record.intent === 'run') runs.launch(record);
        else if (record.intent === 'verified' && record.sha256 === null && !isFolderRecord(record))
          runs.addSha256(record);
      }
      mend.wake();
    },
    close: async () => {
      isClosing = true; // from here on nothing starts
      await mend.close();
      await turns.idle();
      await runs.close();
      await records.close();
    },
  };
}
