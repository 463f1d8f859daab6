import type { Manifest } from '@enxame/shared/content/manifest';
import type { ContentId, DeviceId, TransferId } from '@enxame/shared/ids';
import type { OnBroken } from '@enxame/storage/json-document';
import type { Logger } from 'pino';
import type { FolderDownloads } from '../collections/folder-downloads.js';
import type { RateControl } from '../limits/rate-control.js';
import type { DownloadDeps } from './download.js';
import type { DownloadRecord } from './download-record.js';

/** A content that was just verified and put in place. */
export interface ReceivedContent {
  readonly contentId: ContentId;
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly manifest: Manifest;
  /** Those who gave bytes of it. */
  readonly givers: readonly DeviceId[];
  readonly door: DownloadRecord['door'];
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
  /** How its bytes came, of a content of the catalogue that is verified and in place. */
  readonly onVerified?: (
    contentId: ContentId,
    bytes: { readonly direct: number; readonly relayed: number; readonly hosted: number },
  ) => void;
  readonly folderDownloads: FolderDownloads;
  /** Whether the path still holds the content, as far as can be told without hashing it. */
  readonly isStillThere: (contentId: ContentId, path: string) => Promise<boolean>;
  /** SHA-256 of a file in place, computed in a worker. `isCold`: the system's cache holds little of it. */
  readonly sha256: (
    file: { readonly contentId: ContentId; readonly path: string; readonly isCold: boolean },
    signal: AbortSignal,
  ) => Promise<string>;
  readonly logger: Logger;
}

/** A folder that was just verified and put in place; this device holds it. */
export interface ReceivedFolder {
  readonly contentId: ContentId;
  readonly size: number;
  readonly givers: readonly DeviceId[];
  readonly door: DownloadRecord['door'];
}

export type DownloadResult = 'verified' | 'failed' | 'cancelled';
