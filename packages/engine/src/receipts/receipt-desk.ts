import { EnxameError, isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import type { ContentId, DeviceId, TrackerId, UserId } from '@enxame/shared/ids';
import type { CapabilityClaims } from '@enxame/shared/peer/capability';
import { receiptSchema, type Receipt } from '@enxame/shared/peer/receipt';
import { isByCode, type PeerClaims } from '../peer/content-access.js';
import type { SendLog } from '../peer/send-log.js';
import { checkReceipt } from './sign-receipt.js';

/** Takes the receipts that other devices bring. */
export interface ReceiptDesk {
  /**
   * `claims` are those of the ticket or capability that came with it: the TLS client's. Durable when it resolves; the same again without
   * harm. Throws `receipt-invalid`. (docs/spec/peer-protocol.md, P34)
   */
  take(contentId: ContentId, document: unknown, claims: PeerClaims): Promise<void>;
}

export function createReceiptDesk(deps: {
  readonly deviceId: DeviceId;
  readonly sends: Pick<SendLog, 'confirm'>;
  /** False when the name had another key before. */
  readonly checkKey: (trackerId: TrackerId, userName: string, userId: UserId) => Promise<boolean>;
  /** A receiver of a code of this device says that all arrived. False when there is no such receiver. */
  readonly onCodeReceipt?: (claims: CapabilityClaims, receipt: Receipt) => boolean;
}): ReceiptDesk {
  /** Who sends under a code hears of every receiver, also of one that had all of it from the others. (W56) */
  async function takeByCode(claims: CapabilityClaims, receipt: Receipt): Promise<void> {
    // The grant of the receipt was checked; the capability says whose key was shown for it.
    if (checkReceipt(receipt, deps.deviceId, claims.sub) !== claims.uid) throw new EnxameError('receipt-invalid');
    let refused: EnxameError | undefined;
    try {
      await deps.sends.confirm(claims.sub, receipt, claims.uid);
    } catch (error) {
      if (!isErrorWithCode(error, 'receipt-invalid')) throw error;
      refused = error; // no byte came from here; the code may know better
    }
    const isOfCode = deps.onCodeReceipt?.(claims, receipt) === true;
    if (refused !== undefined && !isOfCode) throw refused;
  }

  return {
    take: async (contentId, document, claims) => {
      const { sub, name } = claims;
      const parsed = receiptSchema.safeParse(document);
      if (!parsed.success || parsed.data.contentId !== contentId) throw new EnxameError('receipt-invalid');
      const userId = checkReceipt(parsed.data, deps.deviceId, sub);
      if (isByCode(claims)) {
        await takeByCode(claims, parsed.data);
        return;
      }
      // The tracker says whose device it is, the grant proves a key: both must mean the same person.
      if (!(await deps.checkKey(claims.iss, name, userId))) throw new EnxameError('receipt-invalid');
      await deps.sends.confirm(sub, parsed.data, userId);
    },
  };
}
