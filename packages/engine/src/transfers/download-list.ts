import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Transfer } from '@enxame/shared/engine/transfer';
import type { Manifest } from '@enxame/shared/content/manifest';
import { EnxameError, isErrorWithCode, toErrorInfo } from '@enxame/shared/errors/enxame-error';
import { transferIdSchema, type ContentId, type EntryId, type TransferId } from '@enxame/shared/ids';
import { removeFile } from '@enxame/storage/durable-file';
import { openJournal, type Journal } from '@enxame/storage/journal';
import type { OnBroken } from '@enxame/storage/json-document';
import type { Logger } from 'pino';
import { createRateMeter } from '../peer/rate-meter.js';
import { createDownload, type Download, type DownloadDeps } from './download.js';
import { downloadRecordSchema, type DownloadRecord } from './download-record.js';
import { createManifestCache } from './manifest-cache.js';
import { partFilePath } from './part-file.js';

/** A content that was just verified and put in place. */
export interface ReceivedContent {
  readonly contentId: ContentId;
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly manifest: Manifest;
}

export interface DownloadListDeps extends Omit<DownloadDeps, 'manifests' | 'onChange' | 'onReceived'> {
  readonly dataFolder: string;
  readonly onBroken: OnBroken;
  readonly onChange: (id: TransferId) => void;
  readonly onRemove: (id: TransferId) => void;
  /** Makes the content a thing that this device has; resolves when that is remembered. */
  readonly onReceived: (content: ReceivedContent) => Promise<void>;
  /** SHA-256 of a file in place, computed in a worker. */
  readonly sha256: (path: string, signal: AbortSignal) => Promise<string>;
  readonly logger: Logger;
}

export interface WantedDownload {
  readonly contentId: ContentId;
  readonly entryId: EntryId | null;
  readonly name: string;
  readonly size: number;
  readonly personName: string;
  readonly folder: string;
}

/** All downloads, those of earlier runs too. Owns `downloads.jsonl` and the running downloads. */
export interface DownloadList {
  list(): Transfer[];
  view(id: TransferId): Transfer | undefined;
  /** The same content into the same folder is the same download, as long as it runs or its file is still there. */
  start(wanted: WantedDownload): Promise<Transfer>;
  pause(id: TransferId): Promise<void>;
  resume(id: TransferId): Promise<void>;
  remove(id: TransferId): Promise<void>;
  bytesPerSecond(): number;
  /** Goes on with what was under way when the engine stopped. */
  resumeAll(): void;
  close(): Promise<void>;
}

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
    deps.now,
  );
  const manifests = createManifestCache(join(deps.dataFolder, 'downloads'));
  const running = new Map<TransferId, Running>();
  const background = new AbortController();
  const total = createRateMeter(deps.now);

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

  function launch(record: DownloadRecord): void {
    const abort = new AbortController();
    const download = createDownload(record, {
      ...deps,
      manifests,
      onChange: () => {
        deps.onChange(record.id);
      },
      onReceived: (bytes) => {
        total.add(bytes);
      },
    });
    const ended = download
      .run(abort.signal)
      .then((result) => settle(record, result))
      .catch(async (error: unknown) => {
        if (isErrorWithCode(error, 'cancelled')) return;
        if (!(error instanceof EnxameError)) deps.logger.error({ err: error }, 'download failed');
        await update(record.id, { intent: 'failed', error: toErrorInfo(error), finishedAt: deps.now() });
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
    await deps.onReceived({ contentId: record.contentId, path, size: manifest.size, mtimeMs, manifest });
    const done = { intent: 'verified', path, size: manifest.size, error: null, finishedAt: deps.now() } as const;
    await update(record.id, done);
    await manifests.remove(record.contentId);
    addSha256({ ...record, ...done });
  }

  /** People compare SHA-256; it is computed after the fact, from the file in place, never taken from the sender. */
  function addSha256(record: DownloadRecord): void {
    if (record.path === null) return;
    deps
      .sha256(record.path, background.signal)
      .then((sha256) => update(record.id, { sha256 }))
      .catch((error: unknown) => {
        if (!isErrorWithCode(error, 'cancelled')) deps.logger.warn({ err: error }, 'no SHA-256 for a received file');
      });
  }

  function toView(record: DownloadRecord): Transfer {
    const progress = running.get(record.id)?.download.progress;
    const isDone = record.intent === 'verified';
    const base = {
      id: record.id,
      direction: 'receive',
      contentId: record.contentId,
      entryId: record.entryId,
      name: record.path === null ? record.name : basename(record.path),
      personName: record.personName,
      startedAt: record.startedAt,
      finishedAt: record.finishedAt,
      path: record.path,
      sha256: record.sha256,
    } as const;
    if (!progress) {
      const state = record.intent === 'run' ? 'waiting' : record.intent;
      const stopped = { state, size: record.size, bytesDone: isDone ? record.size : 0, error: record.error } as const;
      return {
        ...base,
        ...stopped,
        bytesPerSecond: 0,
        secondsLeft: null,
        sources: [],
        pieceCount: 0,
        piecesVerified: 0,
      };
    }
    const { size, bytesDone, bytesPerSecond } = progress;
    return {
      ...base,
      ...progress,
      sources: [...progress.sources],
      secondsLeft: bytesPerSecond > 0 ? (size - bytesDone) / bytesPerSecond : null,
    };
  }

  async function stop(id: TransferId): Promise<void> {
    const current = running.get(id);
    current?.abort.abort();
    await current?.ended;
  }

  async function isStillThere(record: DownloadRecord): Promise<boolean> {
    if (record.intent !== 'verified') return true;
    const stats = await stat(record.path ?? '').catch(() => undefined);
    return stats?.size === record.size;
  }

  async function resume(id: TransferId): Promise<void> {
    const record = recordOf(id);
    if (running.has(id) || record.intent === 'verified') return;
    const next: DownloadRecord = { ...record, intent: 'run', error: null, finishedAt: null };
    await records.set(id, next);
    if (!running.has(id)) launch(next);
  }

  return {
    list: () => [...records.values()].map(toView),
    view: (id) => {
      const record = records.get(id);
      return record && toView(record);
    },
    start: async (wanted) => {
      const same = [...records.values()].find(
        (record) => record.contentId === wanted.contentId && record.folder === wanted.folder,
      );
      if (same && (await isStillThere(same))) {
        await resume(same.id);
        return toView(recordOf(same.id));
      }
      const id = transferIdSchema.parse(randomUUID());
      const unset = { intent: 'run', finishedAt: null, path: null, sha256: null, error: null } as const;
      const record: DownloadRecord = { ...wanted, ...unset, id, startedAt: deps.now() };
      await records.set(id, record);
      launch(record);
      return toView(record);
    },
    pause: async (id) => {
      if (recordOf(id).intent !== 'run') return;
      await stop(id);
      // It may have finished in the meantime.
      if (recordOf(id).intent === 'run') await update(id, { intent: 'paused' });
    },
    resume,
    remove: async (id) => {
      const record = recordOf(id);
      await stop(id);
      await records.delete(id);
      deps.onRemove(id);
      if (record.intent === 'verified') return;
      await removeFile(partFilePath(record));
      await manifests.remove(record.contentId);
    },
    bytesPerSecond: () => total.bytesPerSecond(),
    resumeAll: () => {
      for (const record of records.values()) {
        if (record.intent === 'run') launch(record);
        else if (record.intent === 'verified' && record.sha256 === null) addSha256(record);
      }
    },
    close: async () => {
      background.abort();
      await Promise.all([...running.keys()].map(stop));
      await records.close();
    },
  };
}
