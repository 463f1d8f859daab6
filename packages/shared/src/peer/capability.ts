import { z } from 'zod';
import { contentIdSchema, deviceIdSchema, userIdSchema } from '../ids.js';

/**
 * Permission, signed by the device that sends under a code (JWT, ES256): another device may fetch the content from it, and
 * from whoever got it by the same code. It stands where a tracker's ticket stands. (docs/spec/codes.md, W51)
 */
export const capabilityClaimsSchema = z.object({
  /** The device that sends, and signed. */
  iss: deviceIdSchema,
  /** The device that may fetch: the TLS client must be it. */
  sub: deviceIdSchema,
  /** The content that may be fetched. */
  aud: contentIdSchema,
  /** Seconds since 1970. */
  exp: z.int(),
  /** What the receiver's people read: a claim, and marked so that it is nobody's user name. */
  name: z.string().max(255),
  /** Whose key the receiving device showed. */
  uid: userIdSchema,
});
export type CapabilityClaims = z.infer<typeof capabilityClaimsSchema>;

/** A code lives an hour; who began with it may be interrupted for longer than a weekend. */
export const capabilityLifeMs = 7 * 24 * 60 * 60_000;
/** Tells it from a ticket before anything is verified. */
export const capabilityType = 'enxame-capability';
