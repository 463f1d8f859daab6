import { z } from 'zod';
import type { RequestTable } from '../messages/request-table.js';
import { verifyStatusSchema } from './verify.js';

const empty = z.strictObject({});

/** Hashing again all that this computer believes to have. */
export const verifyCalls = {
  /** While one is under way, that one. `verify:changed` tells how far it is. */
  'verify:start': { payload: empty, reply: verifyStatusSchema },
  /** The one under way, else the last one of this run of the engine. */
  'verify:get': { payload: empty, reply: verifyStatusSchema },
  /** What was found until then counts. */
  'verify:stop': { payload: empty, reply: verifyStatusSchema },
} as const satisfies RequestTable;
