import { isLoopbackHost } from '../domain/device-addresses.js';
import { toAddressGroup } from '../http/address-group.js';
import { createRateLimit } from '../socket/rate-limits.js';

/** A code takes one claim for each receiver; somebody who guesses numbers takes thousands. */
const claimsPerAddress = 60;
/** Of everybody together: guessers with many addresses share it. */
const claimsOfAll = 6000;

export interface ClaimLimit {
  /** One more claim of a number, or a new one, from this address. Throws `rate-limited`. */
  count(host: string): Promise<void>;
}

/** In a minute. Programs of the tracker's own computer count only for everybody's limit. (docs/spec/codes.md, W3) */
export function createClaimLimit({ perAddress = claimsPerAddress, ofAll = claimsOfAll } = {}): ClaimLimit {
  const address = createRateLimit({ points: perAddress, seconds: 60 });
  const all = createRateLimit({ points: ofAll, seconds: 60 });
  return {
    count: async (host) => {
      // First the address: one that is over its own limit takes nothing from the others.
      if (!isLoopbackHost(host)) await address.count(toAddressGroup(host));
      await all.count('');
    },
  };
}
