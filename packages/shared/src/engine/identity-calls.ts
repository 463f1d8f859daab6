import { z } from 'zod';
import { languageSchema } from '../language.js';
import type { RequestTable } from '../messages/request-table.js';

export const recoveryWordCount = 24;
/** Words of at most eight letters, with whatever people put between them. */
const maxTypedWordsChars = 1000;

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
} as const satisfies RequestTable;
