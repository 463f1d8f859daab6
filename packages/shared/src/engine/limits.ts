import { z } from 'zod';
import { userIdSchema } from '../ids.js';

/** A line of the schedule for each change of a busy week; more is no schedule that a person made. */
export const maxScheduleRules = 50;
export const maxPersonLimits = 1000;
/** Below this a transfer would count as stalled (docs/spec/peer-protocol.md, P12). */
export const minBytesPerSecond = 1024;
export const maxUploadSlots = 64;

const rateSchema = z.int().min(minBytesPerSecond).max(Number.MAX_SAFE_INTEGER).nullable();

/** Bytes a second, both null: as fast as it goes. */
export const rateLimitsSchema = z.strictObject({ send: rateSchema, receive: rateSchema });
export type RateLimits = z.infer<typeof rateLimitsSchema>;

/** Minutes since midnight, local time. */
const minuteSchema = z.int().min(0).max(1440);

/** In force on these days from `fromMinute` until `toMinute`; an end before the beginning is in the next day. */
export const scheduleRuleSchema = z.strictObject({
  /** 0 is Sunday. */
  days: z.array(z.int().min(0).max(6)).min(1).max(7),
  fromMinute: minuteSchema,
  toMinute: minuteSchema,
  limits: rateLimitsSchema,
});
export type ScheduleRule = z.infer<typeof scheduleRuleSchema>;

/** What this computer gives and takes. The first rule of the schedule that is in force replaces `always`. */
export const limitsSchema = z.strictObject({
  always: rateLimitsSchema,
  schedule: z.array(scheduleRuleSchema).max(maxScheduleRules),
  /** For one person, beside the others: the lower of the two counts. */
  people: z
    .array(z.strictObject({ userId: userIdSchema, name: z.string().max(255), limits: rateLimitsSchema }))
    .max(maxPersonLimits),
  /** How many requests for bytes are answered at the same time; the others queue, in fair turns between people. */
  uploadSlots: z.int().min(1).max(maxUploadSlots),
  /** How many downloads move at the same time. */
  downloadSlots: z.int().min(1).max(16),
});
export type Limits = z.infer<typeof limitsSchema>;

/** The limits as they are set, and those in force now. */
export const limitsStatusSchema = z.object({
  limits: limitsSchema,
  inForce: rateLimitsSchema,
  /** When the schedule changes them next, milliseconds since 1970; null when it never does. */
  changesAt: z.int().nullable(),
});
export type LimitsStatus = z.infer<typeof limitsStatusSchema>;
