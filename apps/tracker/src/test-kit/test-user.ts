import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { createDeviceGrant } from '@enxame/identity/device-grant';
import { encodePublicKey, toDeviceId, toUserId } from '@enxame/identity/public-key';
import { createUserKey } from '@enxame/identity/user-key';
import type { DeviceGrant } from '@enxame/shared/identity/grant';
import type { DeviceId, UserId } from '@enxame/shared/ids';

/** A user with one device, as an engine would have made them. */
export interface TestUser {
  readonly userKey: KeyObject;
  readonly userId: UserId;
  readonly userKeyText: string;
  readonly deviceKey: KeyObject;
  readonly deviceId: DeviceId;
  readonly grant: DeviceGrant;
}

/** `userKey`: that of a user who has a device already. */
export function createTestUser(userKey: KeyObject = createUserKey(randomBytes(32))): TestUser {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKey = createPublicKey(userKey);
  const device = { publicKey: pair.publicKey, name: 'a computer', issuedAt: 1_700_000_000_000 };
  return {
    userKey,
    userId: toUserId(publicKey),
    userKeyText: encodePublicKey(publicKey),
    deviceKey: createPrivateKey(pair.privateKey.export({ format: 'pem', type: 'pkcs8' })),
    deviceId: toDeviceId(pair.publicKey),
    grant: createDeviceGrant(userKey, device),
  };
}
