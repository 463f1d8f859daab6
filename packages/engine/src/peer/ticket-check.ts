import type { KeyObject } from 'node:crypto';
import { parsePublicKey } from '@enxame/identity/public-key';
import { checkTicket } from '@enxame/identity/ticket';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, DeviceId } from '@enxame/shared/ids';
import type { TicketClaims } from '@enxame/shared/peer/ticket';
import type { TrackerPin } from '../tracker/tracker-book.js';

/** Remembered tickets: the receivers of a busy hour. At some 600 bytes each. */
const maxRemembered = 2000;

export type TicketCheck = (ticket: string, deviceId: DeviceId, contentId: ContentId) => Promise<TicketClaims>;

/**
 * Checks tickets of the tracker in use (P3). One that was found good is not verified again until it expires: a receiver
 * brings the same one with each of thousands of requests. Throws `ticket-invalid`.
 */
export function createTicketCheck(deps: {
  readonly pin: () => TrackerPin | undefined;
  readonly now: () => number;
}): TicketCheck {
  const remembered = new Map<string, TicketClaims>();
  let key: { readonly text: string; readonly parsed: KeyObject } | undefined;

  function keyOf(pin: TrackerPin): KeyObject {
    if (key?.text !== pin.key) key = { text: pin.key, parsed: parsePublicKey(pin.key, 'ed25519') };
    return key.parsed;
  }

  return async (ticket, deviceId, contentId) => {
    const pin = deps.pin();
    if (!pin) throw new EnxameError('ticket-invalid');
    const place = [pin.key, deviceId, contentId, ticket].join(' ');
    const known = remembered.get(place);
    // Within the tolerance for clocks the whole check decides.
    if (known && deps.now() < known.exp * 1000) return known;
    remembered.delete(place);
    const claims = await checkTicket(ticket, keyOf(pin), { trackerId: pin.trackerId, deviceId, contentId }, deps.now());
    remembered.set(place, claims);
    for (const oldest of remembered.keys()) {
      if (remembered.size <= maxRemembered) break;
      remembered.delete(oldest);
    }
    return claims;
  };
}
