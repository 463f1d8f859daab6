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
  /** Sending: the receiver's signed receipt is here: every byte arrived and was verified there. */
  'received',
  /** Stopped by `error`; what was verified is kept. */
  'failed',
] as const;
export type TransferState = (typeof transferStates)[number];

/**
 * How the bytes travel, the better ones first. `reverse`: the other side dialled, because it cannot be dialled itself.
 * `punched`: both dialled at the same moment, through the routers of both. `hosted`: from the tracker's own copy.
 */
export const pathKinds = ['this-computer', 'lan', 'direct', 'reverse', 'punched', 'relay', 'hosted'] as const;
export type PathKind = (typeof pathKinds)[number];

/** What a transfer has to do with one source now. */
export const sourceStates = [
  /** Being dialled, by every way there is. */
  'connecting',
  /** Connected; it has nothing that is wanted now, or nothing is left to ask. */
  'idle',
  /** Connected; it has told a place in its queue. */
  'queued',
  'moving',
  /** Not now: `error` says why. It is tried again, unless it was struck out. */
  'failed',
] as const;

/** Where a request stands among those that wait. */
export const queuePlaceSchema = z.object({
  /** 1 is next. */
  position: z.int().min(1),
  /** Predicted from what is under way; null while nothing can be predicted. */
  startsInSeconds: z.number().min(0).nullable(),
});
export type QueuePlace = z.infer<typeof queuePlaceSchema>;

export const transferSourceSchema = z.object({
  deviceId: deviceIdSchema,
  userName: z.string(),
  state: z.enum(sourceStates),
  /** Null while there is no connection. */
  path: z.enum(pathKinds).nullable(),
  /** Why no better path than this one is used; null when there is none, or it was not tried. */
  betterPathError: errorInfoSchema.nullable(),
  bytesPerSecond: z.number(),
  /** Verified bytes that came from it in this run. */
  bytesDone: z.int().min(0),
  /** How many pieces it has; null while unknown. */
  piecesHeld: z.int().min(0).nullable(),
  queue: queuePlaceSchema.nullable(),
  error: errorInfoSchema.nullable(),
});
export type TransferSource = z.infer<typeof transferSourceSchema>;

export const transferPriorities = ['high', 'normal', 'low'] as const;
export type TransferPriority = (typeof transferPriorities)[number];

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
  /** A folder: how many files it has, and how many of them are in place; sending: none before the receipt. Null for a single file. */
  folder: z.object({ files: z.int().min(0), filesDone: z.int().min(0) }).nullable(),
  priority: z.enum(transferPriorities),
  /** This transfer's own limit; null when it has none. */
  limitBytesPerSecond: z.int().min(1).nullable(),
  /** Why it waits though it could move: its place among the transfers of this computer, or in the sender's queue. */
  queue: queuePlaceSchema.nullable(),
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
