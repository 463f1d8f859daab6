import type { FileHandle } from 'node:fs/promises';
import type { Manifest } from '@enxame/shared/content/manifest';
import type { ContentId, DeviceId } from '@enxame/shared/ids';
import type { PieceBits } from '@enxame/shared/peer/have';
import type { CapabilityClaims } from '@enxame/shared/peer/capability';
import type { TicketClaims } from '@enxame/shared/peer/ticket';
import type { ByteRange } from './byte-range.js';
import type { GivenContent } from './given-pieces.js';

/** What is here of a content that is not here whole. */
export interface HeldPart {
  /** Changes as pieces come. */
  readonly bits: PieceBits;
  /** Whether every piece that the range touches is verified and written. */
  hasRange(range: ByteRange): boolean;
}

/** A content that is here, whole or in part, opened to be read by others. */
export interface OpenContent {
  readonly handle: Pick<FileHandle, 'read' | 'stat' | 'close'>;
  readonly name: string;
  readonly size: number;
  manifest(): Promise<Manifest>;
  /** Undefined: all of it. */
  readonly held?: HeldPart;
  /** Notes what is sent of it. */
  readonly given?: GivenContent;
  /** The folder that it is sent for: people see one transfer. */
  readonly partOf?: PartOfFolder;
}

export interface PartOfFolder {
  readonly contentId: ContentId;
  readonly name: string;
  /** Of all files. */
  readonly size: number;
  /** How many. */
  readonly files: number;
  /** The end of it is the end of the folder. */
  readonly isLast: boolean;
}

/** Many small files of a folder, opened to be read by others. */
export interface OpenPack {
  /** Of the whole folder, as people see it. */
  readonly name: string;
  readonly size: number;
  readonly files: number;
  /** The index of its last entry. */
  readonly last: number;
  /** The frame of these files; those that are not what they were are marked missing. Throws `bad-request`. */
  read(indexes: readonly number[]): Promise<Uint8Array>;
}

/** By what somebody asks: a tracker's ticket, or the capability of a device that sends under a code. */
export type PeerClaims = TicketClaims | CapabilityClaims;
export const isByCode = (claims: PeerClaims): claims is CapabilityClaims => 'uid' in claims;

/** Who may have what, as the peer server asks. */
export interface ContentAccess {
  /**
   * Throws `content-not-found`, `file-changed`, `file-vanished`. Who asked closes the handle. With a collection, only a
   * content that it lists.
   */
  readonly openContent: (contentId: ContentId, collectionId?: ContentId) => Promise<OpenContent>;
  /** Throws `content-not-found` when the collection is not here. */
  readonly openPack: (collectionId: ContentId) => OpenPack;
  /** Throws `ticket-invalid`. */
  readonly checkTicket: (ticket: string, device: DeviceId, contentId: ContentId) => Promise<PeerClaims>;
}
