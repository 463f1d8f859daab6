import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, DeviceId, TrackerId, UserId } from '@enxame/shared/ids';
import { receiptSchema } from '@enxame/shared/peer/receipt';
import type { TicketClaims } from '@enxame/shared/peer/ticket';
import type { SendLog } from '../peer/send-log.js';
import { checkReceipt } from './sign-receipt.js';

/** Takes the receipts that other devices bring. */
export interface ReceiptDesk {
  /**
   * `claims` are those of the ticket that came with it: the TLS client's. Durable when it resolves; the same again without
   * harm. Throws `receipt-invalid`. (docs/spec/peer-protocol.md, P34)
   */
  take(contentId: ContentId, document: unknown, claims: Pick<TicketClaims, 'iss' | 'sub' | 'name'>): Promise<void>;
}

export function createReceiptDesk(deps: {
  readonly deviceId: DeviceId;
  readonly sends: Pick<SendLog, 'confirm'>;
  /** False when the name had another key before. */
  readonly checkKey: (trackerId: TrackerId, userName: string, userId: UserId) => Promise<boolean>;
}): ReceiptDesk {
  return {
    take: async (contentId, document, { iss, sub, name }) => {
      const parsed = receiptSchema.safeParse(document);
      if (!parsed.success || parsed.data.contentId !== contentId) throw new EnxameError('receipt-invalid');
      const userId = checkReceipt(parsed.data, deps.deviceId, sub);
      // The tracker says whose device it is, the grant proves a key: both must mean the same person.
      if (!(await deps.checkKey(iss, name, userId))) throw new EnxameError('receipt-invalid');
      await deps.sends.confirm(sub, parsed.data, userId);
    },
  };
}
