import { basename } from 'node:path';
import type { HistoryRecord } from '@enxame/shared/engine/history';
import type { DownloadResult } from '../transfers/download-list-deps.js';
import type { DownloadRecord } from '../transfers/download-record.js';

/** A download that came to an end, as the history keeps it. */
export function toHistoryRecord(record: DownloadRecord, result: DownloadResult): HistoryRecord {
  const { id, contentId, name, size, personName, startedAt, finishedAt, bytesMoved, path, sha256, error } = record;
  return {
    id,
    direction: 'receive',
    result,
    contentId,
    name: path === null ? name : basename(path),
    size,
    files: record.collection?.files ?? null,
    personName,
    deviceId: null,
    userId: null,
    startedAt,
    finishedAt: finishedAt ?? startedAt,
    bytesMoved,
    path,
    sha256,
    receipt: null,
    error: result === 'failed' ? error : null,
  };
}
