import type { DeviceIdentity } from '../../identity/device-identity.js';
import type { ReceiptOutbox } from '../../receipts/receipt-outbox.js';
import type { DownloadList } from '../../transfers/download-list.js';
import type { CodeDeps } from '../code-deps.js';
import type { CodeDoors } from '../doors/code-doors.js';
import type { PeerSendDeps } from '../send/peer-send-deps.js';

/** What receiving by the peer protocol needs, beside what every code does. */
export interface PeerReceiveDeps extends CodeDeps, Pick<PeerSendDeps, 'deviceName' | 'personName' | 'addresses'> {
  readonly identity: Pick<DeviceIdentity, 'grant'>;
  readonly doors: CodeDoors;
  readonly downloads: Pick<DownloadList, 'start' | 'view' | 'pathOf' | 'list' | 'pause' | 'resume' | 'openCollection'>;
  readonly receipts: Pick<ReceiptOutbox, 'settled'>;
}
