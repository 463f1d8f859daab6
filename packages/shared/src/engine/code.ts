import { z } from 'zod';
import { errorInfoSchema } from '../errors/enxame-error.js';
import { transferIdSchema } from '../ids.js';
import { transferSourceSchema } from './transfer.js';

/** A code lives so long when nothing else is said. */
export const defaultCodeLifeMs = 60 * 60_000;
export const maxCodeLifeMs = 7 * 24 * 60 * 60_000;
/** A text goes through the mailbox itself. */
export const maxCodeTextChars = 16 * 1024;
/** Receivers of one code in all its life. */
export const maxCodeReceivers = 1000;
/** Receivers of one code that are listed; the count is of all. */
export const maxReceiversShown = 200;

export const codeIdSchema = z
  .string()
  .regex(/^[a-z0-9-]{1,64}$/)
  .brand<'CodeId'>();
export type CodeId = z.infer<typeof codeIdSchema>;

/** What goes from one side of a code to the other. Names and sizes of what is received are claims until it is here. */
export const codeOfferSchema = z.object({
  kind: z.enum(['text', 'file', 'folder']),
  name: z.string(),
  /** Bytes that will travel. */
  size: z.int().min(0),
  /** Of a folder. */
  files: z.int().min(0).nullable(),
});
export type CodeOffer = z.infer<typeof codeOfferSchema>;

/**
 * `swarm`: both are Enxame; the peer protocol brings it, from many sources, goes on after an interruption, and ends with a
 * receipt. `plain`: as any program of Magic Wormhole, over one connection from the front to the back.
 */
export const codeWays = ['swarm', 'plain'] as const;
/** Null until the other side has proven the code, and of a text. */
const waySchema = z.enum(codeWays).nullable();
/** What the other side says of itself; nobody vouches for it. */
const personNameSchema = z.string().max(100).nullable();

/** A file of an offer, as it is before it is accepted. */
export const codeFileSchema = z.object({ path: z.string(), size: z.int().min(0) });
export type CodeFile = z.infer<typeof codeFileSchema>;
/** Files of an offer in one answer. */
export const maxCodeFilesPage = 1000;

const pathSchema = transferSourceSchema.shape.path;
/** Two people compare it: the first words of what both sides derive, the same on both. */
const verifierSchema = z.string();

export const codeReceiverSchema = z.object({
  /** 1 is the first who came. */
  number: z.int().min(1),
  /** `deciding`: it was offered, and nobody has said yes. `received`: it has confirmed every byte. */
  state: z.enum(['deciding', 'moving', 'received', 'failed']),
  verifier: verifierSchema,
  personName: personNameSchema,
  way: waySchema,
  bytesDone: z.int().min(0),
  bytesPerSecond: z.number(),
  path: pathSchema,
  startedAt: z.int(),
  error: errorInfoSchema.nullable(),
});
export type CodeReceiver = z.infer<typeof codeReceiverSchema>;

/** Something that waits under a code for whoever says it. */
export const codeSendSchema = z.object({
  id: codeIdSchema,
  /** `preparing`: there is no code yet. `open`: it is good. `ended`: it is not, any more; who receives goes on. */
  state: z.enum(['preparing', 'open', 'ended']),
  code: z.string().nullable(),
  /** `enxame://` with the place where the code is good. */
  link: z.string().nullable(),
  offer: codeOfferSchema,
  /** Good for more than one. */
  keep: z.boolean(),
  /** So many may come in all; then it is dead. */
  maxReceivers: z.int().min(1),
  expiresAt: z.int(),
  /** Wrong proofs that are left before it is dead. */
  wrongLeft: z.int().min(0),
  receivers: z.array(codeReceiverSchema).max(maxReceiversShown),
  receiverCount: z.int().min(0),
  /** They have proven the code, and are not listed yet: what they are offered is still being hashed, or they say who they are. */
  coming: z.int().min(0),
  /** Why it ended, when nobody ended it. */
  error: errorInfoSchema.nullable(),
});
export type CodeSend = z.infer<typeof codeSendSchema>;

/** Something that comes under a code that was said here. */
export const codeReceiveSchema = z.object({
  id: codeIdSchema,
  state: z.enum(['connecting', 'offered', 'moving', 'received', 'refused', 'failed']),
  code: z.string(),
  /** Null until the other side has proven the code. */
  verifier: verifierSchema.nullable(),
  personName: personNameSchema,
  way: waySchema,
  /** The download that brings it, once it was accepted; only on the way `swarm`. */
  transferId: transferIdSchema.nullable(),
  offer: codeOfferSchema.nullable(),
  /** The text itself, when it is one: it came with the offer. */
  text: z.string().max(maxCodeTextChars).nullable(),
  folder: z.string(),
  freeBytes: z.int().min(0).nullable(),
  bytesDone: z.int().min(0),
  bytesPerSecond: z.number(),
  path: pathSchema,
  /** Where it is, once it is here. */
  savedAs: z.string().nullable(),
  /** Of the bytes that travelled, as the sender confirmed them too. */
  sha256: z.string().nullable(),
  error: errorInfoSchema.nullable(),
});
export type CodeReceive = z.infer<typeof codeReceiveSchema>;
