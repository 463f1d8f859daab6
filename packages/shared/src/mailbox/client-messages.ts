import { z } from 'zod';
import { maxBodyBytes, maxNameChars, maxPhaseChars } from './limits.js';

// What a client says to a mailbox server of Magic Wormhole ("Mailbox Server Protocol"). Keys that nobody knows are
// ignored, as the protocol asks.

const nameSchema = z.string().min(1).max(maxNameChars);
const idSchema = z.string().max(maxNameChars).optional();
/** People type them: digits, and nothing that could stand for something else. */
export const nameplateSchema = z.string().regex(/^[0-9]{1,9}$/);
export const hexBodySchema = z
  .string()
  .max(2 * maxBodyBytes)
  .regex(/^(?:[0-9a-f]{2})*$/);
/** Why a client leaves, as the protocol names it. */
export const moodSchema = z.enum(['happy', 'lonely', 'scary', 'errory']);
export type Mood = z.infer<typeof moodSchema>;

export const mailboxClientMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('submit-permissions'), id: idSchema }),
  z.object({ type: z.literal('bind'), id: idSchema, appid: nameSchema, side: nameSchema }),
  z.object({ type: z.literal('ping'), id: idSchema, ping: z.int() }),
  z.object({ type: z.literal('list'), id: idSchema }),
  /** `many` is ours: whoever claims the nameplate gets a mailbox of its own, and the holder is told. (W30) */
  z.object({ type: z.literal('allocate'), id: idSchema, many: z.boolean().optional() }),
  z.object({ type: z.literal('claim'), id: idSchema, nameplate: nameplateSchema, many: z.boolean().optional() }),
  z.object({ type: z.literal('release'), id: idSchema, nameplate: nameplateSchema.optional() }),
  z.object({ type: z.literal('open'), id: idSchema, mailbox: nameSchema }),
  z.object({ type: z.literal('add'), id: idSchema, phase: z.string().min(1).max(maxPhaseChars), body: hexBodySchema }),
  z.object({ type: z.literal('close'), id: idSchema, mailbox: nameSchema.optional(), mood: moodSchema.optional() }),
]);
export type MailboxClientMessage = z.infer<typeof mailboxClientMessageSchema>;
