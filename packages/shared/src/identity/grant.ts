import { z } from 'zod';
import type { DeviceId, TrackerId, UserId } from '../ids.js';

/** Base64url of at most `maxBytes` bytes, and not nothing. */
export const base64urlSchema = (maxBytes: number) =>
  z
    .string()
    .min(1)
    .max(Math.ceil((maxBytes * 4) / 3))
    .regex(/^[A-Za-z0-9_-]+$/);

/** A public key as SPKI in DER: 44 bytes for Ed25519, 91 for P-256. */
export const publicKeySchema = base64urlSchema(91);
/** Ed25519: 64 bytes. ECDSA P-256 in DER: at most 72. */
export const signatureSchema = base64urlSchema(72);

/** The user key's statement that a device is the user's. `deviceId` and `userId` are the hashes of the two keys. */
export const deviceGrantSchema = z.strictObject({
  userKey: publicKeySchema,
  deviceKey: publicKeySchema,
  deviceName: z.string().min(1).max(80),
  /** Milliseconds since 1970. */
  issuedAt: z.int().min(0),
  signature: signatureSchema,
});
export type DeviceGrant = z.infer<typeof deviceGrantSchema>;

// What is signed is text: a purpose with a version, then the parts, one a line. No part but the last can hold a line
// break, so no two statements read the same. (docs/spec/identity.md, I3)

export function grantStatement(grant: {
  userId: UserId;
  deviceId: DeviceId;
  deviceName: string;
  issuedAt: number;
}): string {
  return ['enxame device v1', grant.userId, grant.deviceId, String(grant.issuedAt), grant.deviceName].join('\n');
}

export function sessionStatement(session: { trackerId: TrackerId; nonce: string; deviceId: DeviceId }): string {
  return ['enxame session v1', session.trackerId, session.nonce, session.deviceId].join('\n');
}

export function registrationStatement(registration: {
  trackerId: TrackerId;
  nonce: string;
  userId: UserId;
  name: string;
}): string {
  return [
    'enxame register v1',
    registration.trackerId,
    registration.nonce,
    registration.userId,
    registration.name,
  ].join('\n');
}

/** By which a user key says that its person leaves the network, with all that is there of them. */
export function leaveStatement(leaving: { trackerId: TrackerId; nonce: string; userId: UserId; name: string }): string {
  return ['enxame leave v1', leaving.trackerId, leaving.nonce, leaving.userId, leaving.name].join('\n');
}

/** By which a user key opens a session in a browser, where there is no device. */
export function webSessionStatement(session: { trackerId: TrackerId; nonce: string; userId: UserId }): string {
  return ['enxame web session v1', session.trackerId, session.nonce, session.userId].join('\n');
}

/** By which a tracker's key vouches for the certificate of the connection. `certificateHash`: SHA-256 of its DER, hex. */
export function certificateStatement(certificate: { trackerId: TrackerId; certificateHash: string }): string {
  return ['enxame certificate v1', certificate.trackerId, certificate.certificateHash].join('\n');
}
