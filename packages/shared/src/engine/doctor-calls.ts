import { z } from 'zod';
import { userIdSchema } from '../ids.js';
import type { RequestTable } from '../messages/request-table.js';
import { doctorReportSchema, speedProbeSchema } from './doctor.js';

const empty = z.strictObject({});

/** How this computer is connected, to whom by which path, and why not by a better one. */
export const doctorCalls = {
  'doctor:get': { payload: empty, reply: doctorReportSchema },
  /** Begins a check, or joins the one under way; `doctor:changed` tells what it finds. Takes seconds. */
  'doctor:check': { payload: empty, reply: doctorReportSchema },
  /**
   * Lets a person's computer send bytes for some seconds, and writes and computes as many here. Throws `tracker-offline`,
   * `nothing-shared`, `source-unreachable`, `source-busy`, `rate-limited`, and what the disk says.
   */
  'doctor:measure': { payload: z.strictObject({ userId: userIdSchema }), reply: speedProbeSchema },
} as const satisfies RequestTable;
