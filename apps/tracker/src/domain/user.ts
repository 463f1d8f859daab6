import { publicKeySchema } from '@enxame/shared/identity/grant';
import { userIdSchema } from '@enxame/shared/ids';
import { z } from 'zod';

/** A name bound to a user key, as it is kept. */
export const userSchema = z.object({
  id: userIdSchema,
  name: z.string().min(1),
  userKey: publicKeySchema,
  /** Milliseconds since 1970. */
  registeredAt: z.int(),
  /** When the last device left; null when none ever did. */
  lastSeenAt: z.int().nullable(),
});
export type User = z.infer<typeof userSchema>;
