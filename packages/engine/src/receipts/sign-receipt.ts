import { checkDeviceGrant } from '@enxame/identity/device-grant';
import { checkSignature } from '@enxame/identity/public-key';
import { signStatement } from '@enxame/identity/signing';
import { EnxameError, isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import type { ContentId, DeviceId, UserId } from '@enxame/shared/ids';
import { receiptStatement, type Receipt } from '@enxame/shared/peer/receipt';
import type { DeviceIdentity } from '../identity/device-identity.js';

/** A content that arrived whole and was verified. `receivedAt`: milliseconds since 1970. */
export interface Received {
  readonly contentId: ContentId;
  readonly size: number;
  readonly receivedAt: number;
}

/** This device states to one sender that the content arrived. (docs/spec/peer-protocol.md, P33) */
export function signReceipt(
  received: Received,
  sender: DeviceId,
  identity: Pick<DeviceIdentity, 'deviceId' | 'deviceKey' | 'grant'>,
  deviceName: string,
): Receipt {
  const statement = receiptStatement({ ...received, sender, receiver: identity.deviceId });
  return { ...received, grant: identity.grant(deviceName), signature: signStatement(identity.deviceKey, statement) };
}

/** Whose receipt it is. Throws `receipt-invalid` unless this very device signed it, to this sender. (P34) */
export function checkReceipt(receipt: Receipt, sender: DeviceId, receiver: DeviceId): UserId {
  const { contentId, size, receivedAt, grant, signature } = receipt;
  try {
    const { deviceId, deviceKey, userId } = checkDeviceGrant(grant);
    if (deviceId !== receiver) throw new EnxameError('receipt-invalid');
    checkSignature(deviceKey, receiptStatement({ contentId, size, receivedAt, sender, receiver }), signature);
    return userId;
  } catch (error) {
    if (isErrorWithCode(error, 'signature-invalid'))
      throw new EnxameError('receipt-invalid', undefined, { cause: error });
    throw error;
  }
}
