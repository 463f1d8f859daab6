import { contentIdSchema } from '@enxame/shared/ids';
import { base64urlSchema } from '@enxame/shared/identity/grant';
import { ticketSchema } from '@enxame/shared/peer/ticket';
import { sourceSchema } from '@enxame/shared/tracker/person';
import { directHintSchema, maxHints } from '@enxame/wormhole/transit/hints';
import { z } from 'zod';

/** A content that comes, or came, by a code: all that it takes to go on with it after a restart of either side. */
export const doorRecordSchema = z.object({
  contentId: contentIdSchema,
  /** As it was said: who says it again goes on with this. */
  code: z.string().max(300),
  /** Where the sender was last known to be. */
  sender: sourceSchema,
  capability: ticketSchema,
  /** Milliseconds since 1970. */
  expiresAt: z.int(),
  meeting: z.object({ url: z.string().max(2048), key: base64urlSchema(32) }),
  relays: z.array(directHintSchema).max(maxHints),
});
export type DoorRecord = z.infer<typeof doorRecordSchema>;
