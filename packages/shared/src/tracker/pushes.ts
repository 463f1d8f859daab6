import { z } from 'zod';
import { contentIdSchema } from '../ids.js';
import { announcementSchema, maxRemovalsShown, removedEntrySchema } from './admin.js';
import { hostedChangedSchema } from './hosted.js';
import { windowDiffSchema } from './catalogue-query.js';
import { pathAskedSchema, pathMetSchema } from './path.js';
import { personSchema, sourceSchema } from './person.js';
import { maxPeopleShown, maxSourcesShown } from './requests.js';
import { savedSearchSchema } from './saved-search.js';

/** Facts that the tracker pushes to a session, each after the watch that asked for it. */
export const trackerPushes = {
  'catalogue:changed': z.object({ watchId: z.int(), diff: windowDiffSchema }),
  'sources:changed': z.object({ contentId: contentIdSchema, sources: z.array(sourceSchema).max(maxSourcesShown) }),
  'path:asked': pathAskedSchema,
  'path:met': pathMetSchema,
  /** To all devices of a person, when something new matches one of their searches. */
  'search:found': savedSearchSchema,
  /** After a `hosted:watch`. */
  'hosted:changed': hostedChangedSchema,
  /** To every session, when an administrator says something. */
  'announcement:made': announcementSchema,
  /** To the owner's sessions, when an administrator took entries away, and at each start of one until it is dismissed. */
  'entry:removed': z.object({ removals: z.array(removedEntrySchema).max(maxRemovalsShown) }),
  /** The tracker stops, and is back in a moment: come back after so long, which is another time for each. */
  'tracker:draining': z.object({ comeBackMs: z.int().min(0).max(120_000) }),
  'people:changed': z.object({ total: z.int(), people: z.array(personSchema).max(maxPeopleShown) }),
} as const;

export type TrackerPushes = { [N in keyof typeof trackerPushes]: z.infer<(typeof trackerPushes)[N]> };
export type TrackerPushName = keyof TrackerPushes;
