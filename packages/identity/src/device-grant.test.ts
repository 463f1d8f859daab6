import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { DeviceGrant } from '@enxame/shared/identity/grant';
import { deviceGrantSchema } from '@enxame/shared/identity/grant';
import { describe, expect, it } from 'vitest';
import { checkDeviceGrant, createDeviceGrant } from './device-grant.js';
import { toBase64url } from './encoding.js';
import { encodePublicKey, toDeviceId, toUserId } from './public-key.js';
import { createUserKey } from './user-key.js';

const userKey = createUserKey(randomBytes(32));
const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const grant = createDeviceGrant(userKey, { publicKey, name: 'Ana’s laptop', issuedAt: 1_700_000_000_000 });

describe('a device grant', () => {
  it('I4: says whose device it is', () => {
    expect(deviceGrantSchema.parse(grant)).toEqual(grant);
    expect(checkDeviceGrant(grant)).toMatchObject({
      userId: toUserId(createPublicKey(userKey)),
      deviceId: toDeviceId(publicKey),
    });
  });

  const otherUser = createUserKey(randomBytes(32));
  const otherDevice = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
  const forged: Record<string, Partial<DeviceGrant>> = {
    'another device': { deviceKey: encodePublicKey(otherDevice) },
    'another user': { userKey: encodePublicKey(createPublicKey(otherUser)) },
    'another device name': { deviceName: 'somebody else’s laptop' },
    'another time': { issuedAt: grant.issuedAt + 1 },
    'no real signature': { signature: toBase64url(Buffer.alloc(64)) },
    'a short signature': { signature: 'AA' },
    'keys that changed places': { userKey: grant.deviceKey, deviceKey: grant.userKey },
    'a device key that is no key': { deviceKey: toBase64url(randomBytes(91)) },
    'an empty user key': { userKey: 'A' },
  };
  it.each(Object.entries(forged))('I4: is refused with %s', (_, change) => {
    expect(() => checkDeviceGrant({ ...grant, ...change })).toThrow(
      expect.objectContaining({ code: 'signature-invalid' }),
    );
  });
});
