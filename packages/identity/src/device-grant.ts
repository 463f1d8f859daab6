import { createPublicKey, type KeyObject } from 'node:crypto';
import { grantStatement, type DeviceGrant } from '@enxame/shared/identity/grant';
import type { DeviceId, UserId } from '@enxame/shared/ids';
import {
  checkSignature,
  encodePublicKey,
  parsePublicKey,
  toDeviceId,
  toDeviceIdOfText,
  toUserId,
  toUserIdOfText,
} from './public-key.js';
import { signStatement } from './signing.js';

/** The user key signs a device. `issuedAt`: milliseconds since 1970. */
export function createDeviceGrant(
  userPrivateKey: KeyObject,
  device: { readonly publicKey: KeyObject; readonly name: string; readonly issuedAt: number },
): DeviceGrant {
  const userKey = createPublicKey(userPrivateKey);
  const statement = grantStatement({
    userId: toUserId(userKey),
    deviceId: toDeviceId(device.publicKey),
    deviceName: device.name,
    issuedAt: device.issuedAt,
  });
  return {
    userKey: encodePublicKey(userKey),
    deviceKey: encodePublicKey(device.publicKey),
    deviceName: device.name,
    issuedAt: device.issuedAt,
    signature: signStatement(userPrivateKey, statement),
  };
}

export interface CheckedGrant {
  readonly userId: UserId;
  readonly userKey: KeyObject;
  readonly deviceId: DeviceId;
  readonly deviceKey: KeyObject;
}

/** Whose device it is. Throws `signature-invalid` when the user key did not sign it. */
export function checkDeviceGrant(grant: DeviceGrant): CheckedGrant {
  const userKey = parsePublicKey(grant.userKey, 'ed25519');
  const deviceKey = parsePublicKey(grant.deviceKey, 'p256');
  const ids = { userId: toUserIdOfText(grant.userKey), deviceId: toDeviceIdOfText(grant.deviceKey) };
  const { deviceName, issuedAt } = grant;
  checkSignature(userKey, grantStatement({ ...ids, deviceName, issuedAt }), grant.signature);
  return { ...ids, userKey, deviceKey };
}
