import { z } from 'zod';
import { errorInfoSchema } from '../errors/enxame-error.js';
import { entryIdSchema, transferIdSchema } from '../ids.js';
import { announcementSchema } from '../tracker/admin.js';
import { hostedChangedSchema } from '../tracker/hosted.js';
import { savedSearchSchema } from '../tracker/saved-search.js';
import { engineWindowDiffSchema } from './catalogue-row.js';
import { codeCalls } from './code-calls.js';
import { doctorReportSchema } from './doctor.js';
import { limitsStatusSchema } from './limits.js';
import { personCalls } from './person-calls.js';
import { shareSchema } from './share.js';
import { engineStatusSchema } from './status.js';
import { transferSchema } from './transfer.js';
import { watchedCalls } from './watched-calls.js';
import { verifyStatusSchema } from './verify.js';

/** Facts that the engine tells every interface. Those that change often are merged to four a second. */
export const engineEvents = {
  'status:changed': engineStatusSchema,
  'shares:changed': z.object({ upserted: z.array(shareSchema), removed: z.array(entryIdSchema) }),
  'transfers:changed': z.object({ upserted: z.array(transferSchema), removed: z.array(transferIdSchema) }),
  /** There is more, or less, to list: `history:list` has it. */
  'history:changed': z.object({}),
  'verify:changed': verifyStatusSchema,
  /** What the doctor has found so far. */
  'doctor:changed': doctorReportSchema,
  /** Other limits are set, or others count since this minute. */
  'limits:changed': limitsStatusSchema,
  /** What waits under codes, and what comes under them, as `codes:list` answers. */
  'codes:changed': codeCalls['codes:list'].reply,
  /** As `watched:list` answers: something landed, was shared, or cannot be. */
  'watched:changed': watchedCalls['watched:list'].reply,
  /** After a `catalogue:watch`. */
  'catalogue:changed': z.object({ watchId: z.int(), diff: engineWindowDiffSchema }),
  /** Something new matches a saved search. */
  'search:found': savedSearchSchema,
  /** After a `hosted:watch`. */
  'hosted:changed': hostedChangedSchema,
  /** As `people:list` answers. */
  'people:changed': personCalls['people:list'].reply,
  /** An administrator of the network said something to all. */
  'announcement:made': announcementSchema,
  /** Something a person should know that no call asked for: a document set aside, a changed key. */
  'notice:raised': errorInfoSchema,
} as const;

export type EngineEvents = { [N in keyof typeof engineEvents]: z.infer<(typeof engineEvents)[N]> };
export type EngineEventName = keyof EngineEvents;
