import { z } from 'zod';
import { signatureSchema } from '../identity/grant.js';
import type { RequestTable } from '../messages/request-table.js';

/** Some hundred kilobytes at most: below the largest message. */
export const maxExportedAtOnce = 500;

/** What a person can see of what the tracker holds of them, and how they leave. */
export const accountRequests = {
  /**
   * All that the tracker holds of this person, a page at a time: `after` is the `next` of the page before, null at the end.
   * A `section` is one kind of record: account, entries, hosted copies, links, tokens, ...
   */
  'account:export': {
    payload: z.strictObject({ after: z.string().max(200).nullable().default(null) }),
    reply: z.object({
      section: z.string(),
      records: z.array(z.record(z.string(), z.unknown())).max(maxExportedAtOnce),
      next: z.string().max(200).nullable(),
    }),
  },
  /**
   * Everything of this person goes: entries, hosted copies, links, tokens and the account; nobody may take the name for a
   * while. The name is typed again, the signature is the user key's over `leaveStatement`. It goes on where a crash cut it
   * off. Throws `bad-request`, `signature-invalid`.
   */
  'account:leave': {
    payload: z.strictObject({ name: z.string().max(1000), signature: signatureSchema }),
    reply: z.object({ nameBlockedUntil: z.int() }),
  },
} as const satisfies RequestTable;
