import { z } from 'zod';
import { contentIdSchema, deviceIdSchema, trackerIdSchema, userIdSchema } from '../ids.js';

/** Permission, signed by the tracker as a JWT (EdDSA): the device may fetch the content until it expires. */
export const ticketClaimsSchema = z.object({
  /** The tracker that signed. */
  iss: trackerIdSchema,
  /** The device that may fetch: the TLS client must be it. */
  sub: deviceIdSchema,
  /** The content that may be fetched. */
  aud: contentIdSchema,
  /** Seconds since 1970. */
  exp: z.int(),
  /** The name of the user whose device it is, so that who sends can show who takes. */
  name: z.string().max(255),
  /** Who that user is, so that who sends can refuse one. Absent from trackers before this was said. */
  user: userIdSchema.optional(),
});
export type TicketClaims = z.infer<typeof ticketClaimsSchema>;

/** A ticket outlives a short loss of the tracker, not a change of mind of the one who shares. */
export const ticketLifeMs = 60 * 60_000;
export const ticketSchema = z.string().max(1024);
