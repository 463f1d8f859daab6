import { codeIdSchema, codeOfferSchema, codeReceiverSchema, maxCodeReceivers } from '@enxame/shared/engine/code';
import { base64urlSchema, deviceGrantSchema } from '@enxame/shared/identity/grant';
import { contentIdSchema, deviceIdSchema } from '@enxame/shared/ids';
import { z } from 'zod';
import { codeHoldSchema } from './code-hold.js';

/** Something that waits under a code, or is still fetched by those who said it, across restarts. */
export const codeSendRecordSchema = z.object({
  id: codeIdSchema,
  code: z.string(),
  nameplate: z.string(),
  /** Ours at the mailbox server: the same one may hold the nameplate again. */
  side: z.string(),
  /** The tracker or mailbox server, as `toRendezvous` takes it. */
  rendezvous: z.string(),
  paths: z.array(z.string()),
  offer: codeOfferSchema,
  keep: z.boolean(),
  maxReceivers: z.int().min(1).default(maxCodeReceivers),
  /** So many have proven it. */
  taken: z.int().min(0).default(0),
  expiresAt: z.int(),
  wrongLeft: z.int().min(0),
  isEnded: z.boolean(),
  /** When this device last was there: who is away for long has lost the nameplate. */
  aliveAt: z.int(),
  /** Null while it is being hashed. */
  hold: codeHoldSchema.nullable(),
});
export type CodeSendRecord = z.infer<typeof codeSendRecordSchema>;

/** A receiver that fetches by the peer protocol. */
export const codeReceiverRecordSchema = z.object({
  codeId: codeIdSchema,
  number: z.int().min(1),
  deviceId: deviceIdSchema,
  grant: deviceGrantSchema,
  personName: z.string(),
  verifier: z.string(),
  meetingKey: base64urlSchema(32),
  contentId: contentIdSchema,
  size: z.int().min(0),
  /** Of what it chose, when it did not take everything. */
  hold: codeHoldSchema.nullable(),
  startedAt: z.int(),
  state: codeReceiverSchema.shape.state,
});
export type CodeReceiverRecord = z.infer<typeof codeReceiverRecordSchema>;
