import { basename } from 'node:path';
import { pieceBytesFor, pieceCountFor } from '@enxame/shared/content/piece-size';
import type { Transfer } from '@enxame/shared/engine/transfer';
import type { Download } from './download.js';
import type { DownloadRecord } from './download-record.js';

/** A download as people see it: what is remembered, and how far it is while it runs. */
export function toDownloadView(
  record: DownloadRecord,
  line: Pick<Transfer, 'priority' | 'limitBytesPerSecond' | 'queue'>,
  progress: Download['progress'] | undefined,
): Transfer {
  const base = {
    id: record.id,
    direction: 'receive',
    contentId: record.contentId,
    entryId: record.entryId,
    name: record.path === null ? record.name : basename(record.path),
    personName: record.personName,
    ...line,
    startedAt: record.startedAt,
    finishedAt: record.finishedAt,
    path: record.path,
    sha256: record.sha256,
  } as const;
  if (!progress) return { ...base, ...toStopped(record) };
  const { size, bytesDone, bytesPerSecond } = progress;
  return {
    ...base,
    ...progress,
    queue: line.queue ?? progress.queue,
    sources: [...progress.sources],
    secondsLeft: bytesPerSecond > 0 ? (size - bytesDone) / bytesPerSecond : null,
  };
}

function toStopped({
  intent,
  size,
  bytesDone,
  collection,
  error,
}: DownloadRecord): Omit<Download['progress'], 'queue'> & { secondsLeft: null } {
  const isVerified = intent === 'verified';
  const pieceCount = collection ? collection.files : pieceCountFor(size);
  const piecesDone = collection ? 0 : Math.floor(bytesDone / pieceBytesFor(size));
  return {
    state: intent === 'run' ? 'waiting' : intent,
    size,
    bytesDone: isVerified ? size : bytesDone,
    bytesPerSecond: 0,
    secondsLeft: null,
    folder: collection && { files: collection.files, filesDone: isVerified ? collection.files : 0 },
    sources: [],
    pieceCount,
    piecesVerified: isVerified ? pieceCount : piecesDone,
    error,
  };
}
