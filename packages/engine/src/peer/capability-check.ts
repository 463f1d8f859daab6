import type { KeyObject } from 'node:crypto';
import { checkCapability } from '@enxame/identity/capability';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, DeviceId } from '@enxame/shared/ids';
import type { CapabilityClaims } from '@enxame/shared/peer/capability';

/** A device that may allow others to fetch a content from here: this one, or the one that it came from by a code. */
export interface Issuer {
  readonly issuer: DeviceId;
  readonly key: KeyObject;
}

export type CapabilityCheck = (token: string, deviceId: DeviceId, contentId: ContentId) => Promise<CapabilityClaims>;

/** Remembered capabilities: a receiver brings the same one with each of thousands of requests. At some 700 bytes each. */
const maxRemembered = 2000;

/** Checks capabilities of codes (W51). Throws `ticket-invalid`. */
export function createCapabilityCheck(deps: {
  readonly own: Issuer;
  /** Of a content that came by a code. */
  readonly issuerOf: (contentId: ContentId) => Issuer | undefined;
  readonly now: () => number;
}): CapabilityCheck {
  const remembered = new Map<string, CapabilityClaims>();

  async function verify(token: string, deviceId: DeviceId, contentId: ContentId): Promise<CapabilityClaims> {
    const other = deps.issuerOf(contentId);
    let failure: unknown = new EnxameError('ticket-invalid');
    for (const { issuer, key } of [deps.own, ...(other ? [other] : [])]) {
      try {
        return await checkCapability(token, key, { issuer, deviceId, contentId }, deps.now());
      } catch (error) {
        failure = error; // it may be of the other
      }
    }
    throw failure;
  }

  return async (token, deviceId, contentId) => {
    const place = [deviceId, contentId, token].join(' ');
    const known = remembered.get(place);
    if (known && deps.now() < known.exp * 1000) return known;
    remembered.delete(place);
    const claims = await verify(token, deviceId, contentId);
    remembered.set(place, claims);
    for (const oldest of remembered.keys()) {
      if (remembered.size <= maxRemembered) break;
      remembered.delete(oldest);
    }
    return claims;
  };
}
