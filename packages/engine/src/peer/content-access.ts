import type { FileHandle } from 'node:fs/promises';
import type { Manifest } from '@enxame/shared/content/manifest';
import type { ContentId, DeviceId } from '@enxame/shared/ids';
import type { TicketClaims } from '@enxame/shared/peer/ticket';

/** A content that is here whole, opened to be read by others. */
export interface OpenContent {
  readonly handle: FileHandle;
  readonly name: string;
  readonly size: number;
  manifest(): Promise<Manifest>;
}

/** Who may have what, as the peer server asks. */
export interface ContentAccess {
  /** Throws `content-not-found`, `file-changed`, `file-vanished`. Who asked closes the handle. */
  readonly openContent: (contentId: ContentId) => Promise<OpenContent>;
  /** Throws `ticket-invalid`. */
  readonly checkTicket: (ticket: string, device: DeviceId, contentId: ContentId) => Promise<TicketClaims>;
}
