import { randomUUID } from 'node:crypto';
import { transferIdSchema, type ContentId, type EntryId } from '@enxame/shared/ids';
import type { CollectionSummary } from '@enxame/shared/tracker/entry';
import type { DownloadRecord } from './download-record.js';

/** What somebody wants to have, and where. */
export interface WantedDownload {
  readonly contentId: ContentId;
  readonly entryId: EntryId | null;
  /** The catalogue, when nothing is said. */
  readonly door?: DownloadRecord['door'];
  readonly name: string;
  readonly size: number;
  /** Set when it is a folder. */
  readonly collection: CollectionSummary | null;
  readonly personName: string;
  readonly folder: string;
}

const unset = { bytesDone: 0, finishedAt: null, path: null, sha256: null, error: null } as const;
const unmoved = { priority: 'normal', limitBytesPerSecond: null, bytesMoved: 0 } as const;

/** A new download, last of its priority. */
export function toDownloadRecord(wanted: WantedDownload, now: number): DownloadRecord {
  const id = transferIdSchema.parse(randomUUID());
  return {
    door: 'catalogue',
    ...wanted,
    ...unset,
    ...unmoved,
    givers: [],
    intent: 'run',
    id,
    startedAt: now,
    order: now,
  };
}
