import { maxContentBytes } from '@enxame/shared/content/piece-size';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { z } from 'zod';
import { transitMessageSchema } from '../transit/hints.js';

// "File-Transfer Protocol" of Magic Wormhole: what two programs say over a wormhole before bytes move.

/** The application of the `wormhole` command: who uses it meets all programs that do. */
export const fileTransferAppId = 'lothar.com/wormhole/text-or-file-xfer';
/** A text comes in the mailbox itself. */
export const maxTextChars = 16 * 1024;
const nameSchema = z.string().min(1).max(4096);
const sizeSchema = z.int().min(0).max(maxContentBytes);

export const offerSchema = z.union([
  z.object({ message: z.string().max(maxTextChars) }),
  z.object({ file: z.object({ filename: nameSchema, filesize: sizeSchema }) }),
  z.object({
    directory: z.object({
      /** The only one there is. */
      mode: z.literal('zipfile/deflated'),
      dirname: nameSchema,
      zipsize: sizeSchema,
      numbytes: sizeSchema,
      numfiles: z.int().min(0).max(10_000_000),
    }),
  }),
]);
export type Offer = z.infer<typeof offerSchema>;

const answerSchema = z.union([z.object({ message_ack: z.literal('ok') }), z.object({ file_ack: z.literal('ok') })]);

/** One message has one of these; keys that we do not know are passed over. */
export const fileTransferMessageSchema = z.object({
  error: z.string().max(2000).optional(),
  transit: transitMessageSchema.optional(),
  offer: offerSchema.optional(),
  answer: answerSchema.optional(),
});
export type FileTransferMessage = z.infer<typeof fileTransferMessageSchema>;

/** The receiver's last word, over the transit connection. */
export const ackSchema = z.object({
  ack: z.literal('ok'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/i)
    .optional(),
});

/** Throws `offer-invalid` for what is no message, `offer-refused` or `other-side-failed` for the other side's error. */
export function parseFileTransferMessage(message: unknown): FileTransferMessage {
  const parsed = fileTransferMessageSchema.safeParse(message);
  if (!parsed.success) throw new EnxameError('offer-invalid', undefined, { cause: parsed.error });
  const { error } = parsed.data;
  // What people of other programs read when somebody says no; any other error is that program's own.
  if (error !== undefined) throw new EnxameError(error === 'transfer rejected' ? 'offer-refused' : 'other-side-failed');
  return parsed.data;
}
