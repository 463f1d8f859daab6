import { maxContentBytes } from '@enxame/shared/content/piece-size';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { deviceGrantSchema } from '@enxame/shared/identity/grant';
import { contentIdSchema } from '@enxame/shared/ids';
import { ticketSchema } from '@enxame/shared/peer/ticket';
import { deviceAddressSchema, maxAddresses, sourceSchema } from '@enxame/shared/tracker/person';
import { z } from 'zod';
import { directHintSchema, maxHints } from '../transit/hints.js';

// What two Enxame engines say over a wormhole, in place of the file-transfer protocol: who they are, what is offered, and
// by what it may be fetched. The bytes go by the peer protocol. (docs/spec/codes.md, W50 to W56)

/** Said in `app_versions`; who does not say it is treated as any other program. */
export const peerAbility = 'peer-v1';
const versionsSchema = z.object({ enxame: z.object({ abilities: z.array(z.string().max(64)).max(64) }) });

/** What this program says of itself. Other programs look for `transfer`, and pass over the rest. */
export const ownVersions: Readonly<Record<string, unknown>> = {
  transfer: { mode: 'send' },
  enxame: { v: 1, abilities: [peerAbility] },
};

export function hasPeerAbility(theirVersions: Readonly<Record<string, unknown>>): boolean {
  const parsed = versionsSchema.safeParse(theirVersions);
  return parsed.success && parsed.data.enxame.abilities.includes(peerAbility);
}

const personNameSchema = z.string().min(1).max(80);

/** The receiver's first word: which device will fetch. */
export const peerHelloSchema = z.object({
  grant: deviceGrantSchema,
  personName: personNameSchema,
  addresses: z.array(deviceAddressSchema).max(maxAddresses),
});

export const peerOfferSchema = z.object({
  name: z.string().min(1).max(1024),
  contentId: contentIdSchema,
  /** Of the file, or of all files of the folder. */
  size: z.int().min(0).max(maxContentBytes),
  /** Null of a file. */
  collection: z.object({ files: z.int().min(0), documentBytes: z.int().min(0) }).nullable(),
  /** The sender's device; `userName` is what its person is called, as it says. */
  source: sourceSchema.omit({ hosted: true }),
  capability: ticketSchema,
  /** Milliseconds since 1970, by the sender's clock. */
  expiresAt: z.int().min(0),
  relays: z.array(directHintSchema).max(maxHints),
});
export type PeerOffer = z.infer<typeof peerOfferSchema>;

/** The receiver's answer. `only`: indexes of the collection's entries; the sender then offers what they are, anew. */
export const peerAnswerSchema = z.object({
  accept: z.union([z.literal('all'), z.array(z.int().min(0)).min(1).max(100_000)]),
});
export type PeerAnswer = z.infer<typeof peerAnswerSchema>;

const envelopeSchema = z.object({
  error: z.string().max(2000).optional(),
  enxame: z.object({ hello: z.unknown(), offer: z.unknown(), answer: z.unknown() }).partial().optional(),
});

/** Whether somebody speaks of peers: the other kind of offer may come as well, for a text goes as it always did. */
export const isPeerMessage = (message: unknown): boolean =>
  envelopeSchema.safeParse(message).data?.enxame !== undefined;

/**
 * The one of the three that is expected now. Throws `offer-refused`, `other-side-failed` for the other side's error, `offer-invalid`
 * for anything else.
 */
export function parsePeerMessage<T>(message: unknown, key: 'hello' | 'offer' | 'answer', schema: z.ZodType<T>): T {
  const envelope = envelopeSchema.safeParse(message);
  const error = envelope.data?.error;
  if (error !== undefined) throw new EnxameError(error === 'transfer rejected' ? 'offer-refused' : 'other-side-failed');
  const parsed = schema.safeParse(envelope.data?.enxame?.[key]);
  if (!parsed.success) throw new EnxameError('offer-invalid', undefined, { cause: parsed.error });
  return parsed.data;
}
