import type { TransferSource } from '@enxame/shared/engine/transfer';
import type { Manifest } from '@enxame/shared/content/manifest';
import type { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, DeviceId } from '@enxame/shared/ids';
import type { Source } from '@enxame/shared/tracker/person';
import type { Timers } from '../library/timers.js';
import type { Authority } from '../peer/authority.js';
import type { ConnectOptions } from '../peer/paths/source-paths.js';
import type { PeerConnection } from '../peer/peer-connection.js';
import type { PartFile } from './part-file.js';
import type { PieceBoard } from './piece-board.js';
import type { BufferLoan } from './piece-buffers.js';
import type { MovingRun } from './piece-takeover.js';

export interface SourceLink {
  readonly source: Source;
  /** What it is asked for now. */
  readonly moving: MovingRun | undefined;
  readonly view: TransferSource;
  /** The tracker tells of it anew: at other addresses it is dialled at once, unless what there is works. */
  update(source: Source): void;
  /** There may be something to do. */
  wake(): void;
  /** Whatever connection there is is to be taken for dead: dials at once. */
  redial(): void;
  /** A piece came, from any source. */
  pieceCame(index: number): void;
  /** Resolves when nothing of it is under way. Twice without harm. */
  close(): Promise<void>;
}

/** The manifest is wanted, from whoever gives it first. */
export interface ManifestTask {
  readonly kind: 'manifest';
  readonly maxBytes: number;
  /** False: enough others are asking for it already. */
  begin(link: SourceLink): boolean;
  /** Throws `manifest-mismatch`. */
  take(bytes: Uint8Array): Promise<void>;
  end(link: SourceLink): void;
}

/** Pieces are wanted. */
export interface PiecesTask {
  readonly kind: 'pieces';
  readonly manifest: Manifest;
  readonly board: PieceBoard;
  readonly file: Pick<PartFile, 'write'>;
  lend(): BufferLoan;
  /** A piece is verified and on disk. Returns its bytes, or 0 when it was there already. */
  settle(index: number, link: SourceLink): number;
}

/** The download, as one of its sources sees it. */
export interface LinkHost {
  readonly contentId: ContentId;
  readonly timers: Timers;
  readonly random: () => number;
  /** What is to be done; undefined while the disk is looked at, or nothing is left. */
  task(): ManifestTask | PiecesTask | undefined;
  authority(): Authority;
  /** Some sources do not have all of it: they fetch it, too, and have more of it every moment. */
  isShared(): boolean;
  moving(): readonly MovingRun[];
  connect(source: Source, options: Omit<ConnectOptions, 'contentId'>): Promise<PeerConnection>;
  /** The right to use the network, as long as something of this download does. Throws `cancelled`. */
  readonly takeTurn: (signal: AbortSignal) => Promise<() => void>;
  /** It sent a wrong piece. True: it has sent enough of them. */
  strike(deviceId: DeviceId): boolean;
  onProgress(bytes: number): void;
  onChange(): void;
  onFailed(link: SourceLink, failure: EnxameError): void;
  /** Pieces came free that others may fetch. */
  onFreed(): void;
  /** Ends the download: it is this computer's failure, not the source's. */
  readonly fail: (error: unknown) => void;
}
