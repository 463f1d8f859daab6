import { z } from 'zod';
import { hexBodySchema, nameplateSchema } from './client-messages.js';
import { maxNameChars, maxPhaseChars } from './limits.js';

const nameSchema = z.string().min(1).max(maxNameChars);
/** Shown to a person, so no longer than a person reads. */
const sayingSchema = z.string().max(2000);

/** What a mailbox server of Magic Wormhole says that matters to a client; other types and keys are ignored. */
export const mailboxServerMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('welcome'),
    welcome: z.object({
      motd: sayingSchema.optional(),
      error: sayingSchema.optional(),
      'permission-required': z.record(z.string().max(maxNameChars), z.unknown()).optional(),
    }),
  }),
  z.object({ type: z.literal('ack'), id: z.string().max(maxNameChars).optional() }),
  z.object({ type: z.literal('pong'), pong: z.int() }),
  z.object({ type: z.literal('nameplates'), nameplates: z.array(z.object({ id: z.string().max(maxNameChars) })) }),
  /** `many`: the server knows what we asked for. */
  z.object({ type: z.literal('allocated'), nameplate: nameplateSchema, many: z.boolean().optional() }),
  z.object({ type: z.literal('claimed'), mailbox: nameSchema, many: z.boolean().optional() }),
  /** Ours: somebody claimed the nameplate that this connection holds for many. */
  z.object({ type: z.literal('knocked'), mailbox: nameSchema }),
  z.object({ type: z.literal('released') }),
  z.object({
    type: z.literal('message'),
    side: nameSchema,
    phase: z.string().min(1).max(maxPhaseChars),
    body: hexBodySchema,
  }),
  z.object({ type: z.literal('closed') }),
  z.object({ type: z.literal('error'), error: sayingSchema, orig: z.unknown().optional() }),
]);
export type MailboxServerMessage = z.infer<typeof mailboxServerMessageSchema>;
export type MailboxServerMessageType = MailboxServerMessage['type'];
