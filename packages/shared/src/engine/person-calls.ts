import { z } from 'zod';
import { userIdSchema } from '../ids.js';
import type { RequestTable } from '../messages/request-table.js';
import { personSchema } from '../tracker/person.js';

const empty = z.strictObject({});
/** A page of text: what somebody is like, where they live, what was promised. */
export const maxPersonNoteChars = 5000;
/** People that one person blocks: the tracker leaves out their entries with each window. */
export const maxBlocked = 200;

/** A person of the network, with what is known of them here and nowhere else. */
export const knownPersonSchema = personSchema.extend({
  /** Since when this person's key is known to be theirs: somebody compared the words. Milliseconds since 1970. */
  verifiedAt: z.int().nullable(),
  /** The name had another key before. Whoever has this one may be somebody else. */
  keyChanged: z.boolean(),
  blocked: z.boolean(),
  note: z.string(),
});
export type KnownPerson = z.infer<typeof knownPersonSchema>;

export const blockedPersonSchema = z.object({ id: userIdSchema, name: z.string(), blockedAt: z.int() });
export type BlockedPerson = z.infer<typeof blockedPersonSchema>;

/** What this person thinks of others: kept here, and told to nobody. (docs/spec/identity.md, I12 to I15) */
export const personCalls = {
  'people:list': { payload: empty, reply: z.object({ total: z.int(), people: z.array(knownPersonSchema) }) },
  /** What two people compare: both see the same. Throws `not-registered` before there is a name here. */
  'person:words': { payload: z.strictObject({ id: userIdSchema }), reply: z.object({ words: z.string() }) },
  /** The words were compared: from now on this key is the one of the name. Or they are to be compared again. */
  'person:verify': { payload: z.strictObject({ id: userIdSchema, verified: z.boolean() }), reply: empty },
  /** Their entries are not shown, they get nothing from this computer, and their codes are refused. Throws `too-large`. */
  'person:block': { payload: z.strictObject({ id: userIdSchema, blocked: z.boolean() }), reply: empty },
  'person:note': {
    payload: z.strictObject({ id: userIdSchema, note: z.string().max(maxPersonNoteChars) }),
    reply: empty,
  },
  /** All of them, those too whom the network does not list. */
  'people:blocked': { payload: empty, reply: z.object({ people: z.array(blockedPersonSchema).max(maxBlocked) }) },
} as const satisfies RequestTable;
