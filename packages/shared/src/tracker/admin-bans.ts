import { z } from 'zod';
import { deviceIdSchema } from '../ids.js';
import type { RequestTable } from '../messages/request-table.js';

export const maxBans = 10_000;
export const maxBansShown = 200;
const maxReasonChars = 400;
const maxLifeMs = 10 * 366 * 86_400_000;

/** `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`. */
export const addressRangeSchema = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

export const banTargetSchema = z.discriminatedUnion('kind', [
  /** A person, by name. */
  z.strictObject({ kind: z.literal('user'), name: z.string().min(1).max(1000) }),
  z.strictObject({ kind: z.literal('device'), deviceId: deviceIdSchema }),
  z.strictObject({ kind: z.literal('address'), range: addressRangeSchema }),
]);
export type BanTarget = z.infer<typeof banTargetSchema>;

export const banSchema = z.object({
  id: z.string().max(40),
  kind: z.enum(['user', 'device', 'address']),
  /** A userId, a deviceId or a range. */
  target: z.string().max(100),
  /** The person's name when it was made; of an address the range. */
  label: z.string(),
  reason: z.string(),
  at: z.int(),
  by: z.string(),
  expiresAt: z.int().nullable(),
});
export type Ban = z.infer<typeof banSchema>;

export const adminBans = {
  /** Ends what they have open at once. Throws `person-not-found`, and `forbidden` for who would shut out an administrator. */
  'admin:ban': {
    payload: z.strictObject({
      target: banTargetSchema,
      reason: z.string().trim().max(maxReasonChars).default(''),
      lifeMs: z.int().min(60_000).max(maxLifeMs).nullable().default(null),
    }),
    reply: banSchema,
  },
  /** The latest first; `after` is the last of the page before. */
  'admin:bans': {
    payload: z.strictObject({ after: z.string().max(40).optional() }),
    reply: z.object({ bans: z.array(banSchema).max(maxBansShown), total: z.int() }),
  },
  /** What is not there is passed over. */
  'admin:unban': { payload: z.strictObject({ id: z.string().max(40) }), reply: z.object({}) },
} as const satisfies RequestTable;
