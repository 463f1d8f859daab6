import { z } from 'zod';
import { errorInfoSchema } from '../errors/enxame-error.js';
import { userIdSchema } from '../ids.js';
import { pathKinds } from './transfer.js';

/** What the doctor looks at on this computer, in the order in which it is shown. */
export const checkIds = ['tracker', 'reach', 'router', 'relay', 'ipv6', 'clock', 'disk', 'processor'] as const;
export type CheckId = (typeof checkIds)[number];

/** `note`: as it is, with nothing to mend. `warn`: works, but worse than it could. `fail`: something does not work. */
export const checkStates = ['checking', 'pass', 'note', 'warn', 'fail'] as const;

/** How the router was asked for a way in, and what it said. */
export const routerStates = ['mapped', 'silent', 'refused', 'behind-another', 'asking', 'off'] as const;
export type RouterState = (typeof routerStates)[number];

const rateSchema = z.number().min(0);

/** Measured, never guessed: what is not known is not there. Of this computer alone, but for `host`. */
export const checkFactsSchema = z.object({
  delayMs: z.number().min(0).optional(),
  /** Where others are to come: the port of the peer server, and where this computer is in its own network. */
  port: z.int().optional(),
  host: z.string().max(64).optional(),
  /** The tracker is in the same inner network, or on this computer: it cannot tell how this one looks from outside. */
  isTrackerNear: z.boolean().optional(),
  router: z.enum(routerStates).optional(),
  /** How far this computer's clock is ahead of the tracker's. */
  clockAheadMs: z.number().optional(),
  writeBytesPerSecond: rateSchema.optional(),
  freeBytes: z.number().min(0).optional(),
  hashBytesPerSecond: rateSchema.optional(),
  cipherBytesPerSecond: rateSchema.optional(),
});

export const doctorCheckSchema = z.object({
  id: z.enum(checkIds),
  state: z.enum(checkStates),
  facts: checkFactsSchema,
  error: errorInfoSchema.nullable(),
});
export type DoctorCheck = z.infer<typeof doctorCheckSchema>;

/** What came of one way to a device. */
export const wayOutcomes = [
  'used',
  /** Nobody answered in time: a firewall or a router that lets nothing in. */
  'silent',
  /** Something is there and takes no connection at this port. */
  'refused',
  /** No route from here: another network, or no IPv6. */
  'no-route',
  /** Another device answered. */
  'other-device',
  /** The tracker passes nothing on, for now or at all. */
  'relay-refused',
  /** It could not be tried: the device tells no address of this kind. */
  'no-address',
  /** A better one was found before it was needed. */
  'not-needed',
] as const;
export type WayOutcome = (typeof wayOutcomes)[number];

export const ladderKinds = ['lan', 'direct', 'reverse', 'punched', 'relay'] as const;

export const personPathSchema = z.object({
  userId: userIdSchema,
  userName: z.string(),
  /** `nothing`: shares nothing now, and is dialled only for what is shared. */
  state: z.enum(['checking', 'reached', 'failed', 'nothing']),
  path: z.enum(pathKinds).nullable(),
  /** There and back, over the path in use. */
  delayMs: z.number().min(0).nullable(),
  /** Every way, the best first. */
  ways: z.array(z.object({ path: z.enum(pathKinds), outcome: z.enum(wayOutcomes) })).max(pathKinds.length),
  error: errorInfoSchema.nullable(),
});
export type PersonPath = z.infer<typeof personPathSchema>;

/** So many people are looked for; the others are not troubled. */
export const maxPathsChecked = 50;

export const doctorReportSchema = z.object({
  running: z.boolean(),
  /** When the last check was over, milliseconds since 1970; null before the first. */
  checkedAt: z.int().nullable(),
  checks: z.array(doctorCheckSchema).max(checkIds.length),
  paths: z.array(personPathSchema).max(maxPathsChecked),
});
export type DoctorReport = z.infer<typeof doctorReportSchema>;

export const speedLimits = ['network', 'disk', 'processor'] as const;

/** How fast bytes come from somebody, beside what this computer could take; the lowest of the three is the limit. */
export const speedProbeSchema = z.object({
  path: z.enum(pathKinds),
  networkBytesPerSecond: rateSchema,
  diskBytesPerSecond: rateSchema,
  /** Decrypting and verifying, one after the other. */
  processorBytesPerSecond: rateSchema,
  limit: z.enum(speedLimits),
});
export type SpeedProbe = z.infer<typeof speedProbeSchema>;
