import { z } from 'zod';
import { languageSchema } from '../language.js';
import type { RequestTable } from '../messages/request-table.js';

export const recoveryWordCount = 24;
/** Words of at most eight letters, with whatever people put between them. */
const maxTypedWordsChars = 1000;
const maxTypedCodeChars = 500;
/** Long enough to walk to another computer; whoever has the code meanwhile is this person. */
export const deviceCodeLifeMs = 10 * 60_000;

/** The key of a person in words. (docs/spec/identity.md, I5) */
export const identityCalls = {
  /** The words that bring the user key to another computer. Whoever has them is this user. */
  'identity:words': {
    payload: z.strictObject({ language: languageSchema }),
    reply: z.object({ words: z.array(z.string()).length(recoveryWordCount) }),
  },
  /**
   * Makes this computer one more of the user whose words they are, in either language. Answers the name that the user
   * has with the tracker in use, if it is known. Throws `recovery-words-wrong`, and `already-registered` once this computer has a name
   * somewhere: the key of that name would be lost.
   */
  'identity:restore': {
    payload: z.strictObject({ words: z.string().max(maxTypedWordsChars) }),
    reply: z.object({ name: z.string().nullable() }),
  },
  /** A code by which another computer becomes one more of this user. It takes the place of the code before. (I13) */
  'device:invite': {
    payload: z.strictObject({}),
    reply: z.object({ code: z.string(), link: z.string(), expiresAt: z.int() }),
  },
  /**
   * Answers when the other computer has the key, with its name. Throws `not-found` without a code, `code-ended`,
   * `cancelled` when it was taken back.
   */
  'device:joined': { payload: z.strictObject({}), reply: z.object({ deviceName: z.string() }) },
  /** The code is dead from now on. */
  'device:uninvite': { payload: z.strictObject({}), reply: z.strictObject({}) },
  /** As `identity:restore`, by the code of another computer. Throws `code-wrong`, `code-invalid`, `already-registered`. */
  'device:join': {
    payload: z.strictObject({ code: z.string().min(1).max(maxTypedCodeChars) }),
    reply: z.object({ name: z.string().nullable() }),
  },
} as const satisfies RequestTable;
