import type { KeyObject } from 'node:crypto';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, DeviceId } from '@enxame/shared/ids';
import {
  capabilityClaimsSchema,
  capabilityLifeMs,
  capabilityType,
  type CapabilityClaims,
} from '@enxame/shared/peer/capability';
import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';

const algorithm = 'ES256';
/** As of tickets: two computers rarely agree on the minute. */
const clockToleranceSeconds = 300;

/** Whether this is a capability of a device, and not a tracker's ticket. Proves nothing. */
export function isCapability(token: string): boolean {
  try {
    return decodeProtectedHeader(token).typ === capabilityType;
  } catch {
    return false; // no token at all: whoever checks tickets says so
  }
}

/** A device's permission for another to fetch one content. `now`: milliseconds since 1970, as `expiresAt`. */
export async function signCapability(
  devicePrivateKey: KeyObject,
  grant: Omit<CapabilityClaims, 'exp'>,
  now: number,
): Promise<{ readonly capability: string; readonly expiresAt: number }> {
  const expiresAt = now + capabilityLifeMs;
  const capability = await new SignJWT({ ...grant, exp: Math.floor(expiresAt / 1000) })
    .setProtectedHeader({ alg: algorithm, typ: capabilityType })
    .sign(devicePrivateKey);
  return { capability, expiresAt };
}

/** Reads a capability. Throws `ticket-invalid` unless the issuer's key signed it, and it fits what is asked. */
export async function checkCapability(
  token: string,
  issuerKey: KeyObject,
  expected: { readonly issuer: DeviceId; readonly deviceId: DeviceId; readonly contentId: ContentId },
  now: number,
): Promise<CapabilityClaims> {
  try {
    const { payload } = await jwtVerify(token, issuerKey, {
      algorithms: [algorithm],
      typ: capabilityType,
      issuer: expected.issuer,
      subject: expected.deviceId,
      audience: expected.contentId,
      currentDate: new Date(now),
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ['exp'],
    });
    return capabilityClaimsSchema.parse(payload);
  } catch (error) {
    throw new EnxameError('ticket-invalid', undefined, { cause: error });
  }
}
