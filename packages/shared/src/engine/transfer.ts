import { z } from 'zod';
import { errorInfoSchema } from '../errors/enxame-error.js';
import { contentIdSchema, deviceIdSchema, entryIdSchema, sha256Schema, transferIdSchema } from '../ids.js';

export const transferStates = [
  /** No source can be reached now; goes on by itself. */
  'waiting',
  /** Hashing what a part file already holds, before the first request. */
  'checking',
  /** Bytes are moving. */
  'moving',
  /** Stopped by the person. */
  'paused',
  /** Receiving: every piece verified, flushed and in place. The only state that may be shown green. */
  'verified',
  /** Sending: all that was asked for was sent; the receiver has confirmed nothing. */
  'sent',
  /** Stopped by `error`; what was verified is kept. */
  'failed',
] as const;
export type TransferState = (typeof transferStates)[number];

/** How the bytes travel. */
export const pathKinds = ['this-computer', 'lan', 'direct', 'relay'] as const;

export const transferSourceSchema = z.object({
  deviceId: deviceIdSchema,
  userName: z.string(),
  path: z.enum(pathKinds),
  bytesPerSecond: z.number(),
});

export const transferSchema = z.object({
  id: transferIdSchema,
  direction: z.enum(['receive', 'send']),
  state: z.enum(transferStates),
  contentId: contentIdSchema,
  /** The line of the catalogue that it came from, where there was one. */
  entryId: entryIdSchema.nullable(),
  name: z.string(),
  size: z.int(),
  /** Receiving: bytes of verified pieces. Sending: bytes sent. */
  bytesDone: z.int(),
  bytesPerSecond: z.number(),
  /** Null while unknown. */
  secondsLeft: z.number().nullable(),
  /** Receiving: the owner of the entry. Sending: who takes it. */
  personName: z.string(),
  sources: z.array(transferSourceSchema),
  pieceCount: z.int(),
  piecesVerified: z.int(),
  startedAt: z.int(),
  finishedAt: z.int().nullable(),
  /** Where the file is, once verified. */
  path: z.string().nullable(),
  /** Computed here after the file was in place; null until then. */
  sha256: sha256Schema.nullable(),
  /** Why it failed, or why it waits. */
  error: errorInfoSchema.nullable(),
});
export type Transfer = z.infer<typeof transferSchema>;
