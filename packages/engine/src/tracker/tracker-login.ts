import { registrationStatement, sessionStatement } from '@enxame/shared/identity/grant';
import { parseUserName } from '@enxame/shared/identity/user-name';
import type { TrackerId, UserId } from '@enxame/shared/ids';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import { encodePublicKey } from '@enxame/identity/public-key';
import { signStatement } from '@enxame/identity/signing';
import { createPublicKey } from 'node:crypto';
import type { DeviceIdentity } from '../identity/device-identity.js';
import type { TrackerSocket } from './tracker-socket.js';

export interface RegisteredUser {
  readonly id: UserId;
  readonly name: string;
}

/** Proves with the device key, over a fresh nonce that names the tracker, which device this is. */
export async function openSession(
  socket: TrackerSocket,
  trackerId: TrackerId,
  identity: DeviceIdentity,
  device: { readonly name: string; readonly addresses: readonly DeviceAddress[] },
): Promise<{ readonly user: RegisteredUser; readonly trackerNow: number | undefined }> {
  const { nonce } = await socket.request('session:challenge', {});
  const signature = signStatement(
    identity.deviceKey,
    sessionStatement({ trackerId, nonce, deviceId: identity.deviceId }),
  );
  const { user, now } = await socket.request('session:open', {
    grant: identity.grant(device.name),
    signature,
    addresses: [...device.addresses],
  });
  return { user, trackerNow: now };
}

/** Binds a name to the user key. Throws what the rules of names or the tracker say. */
export async function registerUser(
  socket: TrackerSocket,
  trackerId: TrackerId,
  identity: DeviceIdentity,
  typedName: string,
  invitation?: string,
): Promise<RegisteredUser> {
  const name = parseUserName(typedName);
  const { nonce } = await socket.request('session:challenge', {});
  const statement = registrationStatement({ trackerId, nonce, userId: identity.userId, name });
  const userKey = encodePublicKey(createPublicKey(identity.userKey));
  const { user } = await socket.request('user:register', {
    name,
    userKey,
    signature: signStatement(identity.userKey, statement),
    ...(invitation !== undefined && { invitation }),
  });
  return user;
}
