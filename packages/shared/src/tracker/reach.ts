import { z } from 'zod';
import type { RequestTable } from '../messages/request-table.js';
import { deviceAddressSchema, maxAddresses } from './person.js';

/** How long the tracker waits for a device that it dials. */
export const reachDialMs = 5000;

/** Whether others can come to this device by themselves, as the tracker sees it. (docs/spec/tracker-protocol.md, T130) */
export const reachRequests = {
  'reach:check': {
    payload: z.strictObject({}),
    reply: z.object({
      /** Where this device's own connection comes from. */
      seenHost: z.union([z.ipv4(), z.ipv6()]),
      /** Addresses at which the tracker met this very device, and those at which it did not. */
      reached: z.array(deviceAddressSchema).max(maxAddresses),
      unreached: z.array(deviceAddressSchema).max(maxAddresses),
      /** Whether it passes bytes on for those who find no other way. */
      relays: z.boolean(),
      /** The tracker's clock, milliseconds since 1970. */
      now: z.int(),
    }),
  },
} as const satisfies RequestTable;
