import type { KeyObject } from 'node:crypto';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { ticketClaimsSchema, ticketLifeMs, type TicketClaims } from '@enxame/shared/peer/ticket';
import type { ContentId, DeviceId, TrackerId, UserId } from '@enxame/shared/ids';
import { jwtVerify, SignJWT } from 'jose';

const algorithm = 'EdDSA';
/** Two computers of one family rarely agree on the minute. */
const clockToleranceSeconds = 300;

export interface SignedTicket {
  readonly ticket: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** The tracker's permission for one device to fetch one content. `now`: milliseconds since 1970. */
export async function signTicket(
  trackerPrivateKey: KeyObject,
  grant: {
    readonly trackerId: TrackerId;
    readonly deviceId: DeviceId;
    readonly contentId: ContentId;
    readonly userName: string;
    readonly userId?: UserId;
  },
  now: number,
): Promise<SignedTicket> {
  const expiresAt = now + ticketLifeMs;
  const { trackerId: iss, deviceId: sub, contentId: aud, userName: name, userId: user } = grant;
  const claims = { iss, sub, aud, name, ...(user !== undefined && { user }), exp: Math.floor(expiresAt / 1000) };
  const ticket = await new SignJWT(claims).setProtectedHeader({ alg: algorithm }).sign(trackerPrivateKey);
  return { ticket, expiresAt };
}

/** Reads a ticket; without a device, that of whoever brings it. Throws `ticket-invalid` unless the key signed it, it has not expired, and it fits what is asked. */
export async function checkTicket(
  ticket: string,
  trackerKey: KeyObject,
  expected: { readonly trackerId: TrackerId; readonly deviceId?: DeviceId; readonly contentId: ContentId },
  now: number,
): Promise<TicketClaims> {
  try {
    const { payload } = await jwtVerify(ticket, trackerKey, {
      algorithms: [algorithm],
      issuer: expected.trackerId,
      ...(expected.deviceId !== undefined && { subject: expected.deviceId }),
      audience: expected.contentId,
      currentDate: new Date(now),
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ['exp'],
    });
    return ticketClaimsSchema.parse(payload);
  } catch (error) {
    throw new EnxameError('ticket-invalid', undefined, { cause: error });
  }
}
