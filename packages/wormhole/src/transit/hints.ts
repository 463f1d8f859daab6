import { z } from 'zod';

// What two sides tell each other about where they can be reached ("Transit Protocol", canonical encodings).

/** A computer has some ten addresses; a list of thousands would be a way to make us dial them. */
export const maxHints = 32;
const hostSchema = z.string().min(1).max(255);
const portSchema = z.int().min(1).max(65_535);

export const directHintSchema = z.object({ type: z.literal('direct-tcp-v1'), hostname: hostSchema, port: portSchema });
export type DirectHint = z.infer<typeof directHintSchema>;
const relayHintSchema = z.object({ type: z.literal('relay-v1'), hints: z.array(z.unknown()).max(maxHints) });

/** Kinds that we do not know are passed over, as the protocol asks. */
export const transitMessageSchema = z.object({
  'abilities-v1': z
    .array(z.object({ type: z.string().max(64) }))
    .max(maxHints)
    .default([]),
  'hints-v1': z.array(z.unknown()).max(maxHints).default([]),
});

export interface Hints {
  readonly direct: readonly DirectHint[];
  readonly relays: readonly DirectHint[];
}

/** Throws what zod throws for what is no `transit` message. */
export function parseTransitMessage(message: unknown): Hints {
  const hints = transitMessageSchema.parse(message)['hints-v1'];
  return {
    direct: hints.flatMap(toDirectHint),
    relays: hints.flatMap((hint) => {
      const relay = relayHintSchema.safeParse(hint);
      return relay.success ? relay.data.hints.flatMap(toDirectHint) : [];
    }),
  };
}

function toDirectHint(hint: unknown): DirectHint[] {
  const direct = directHintSchema.safeParse(hint);
  return direct.success ? [direct.data] : [];
}

export function encodeTransitMessage({ direct, relays }: Hints): z.input<typeof transitMessageSchema> {
  return {
    'abilities-v1': [{ type: 'direct-tcp-v1' }, { type: 'relay-v1' }],
    'hints-v1': [
      ...direct.map((hint) => ({ ...hint, priority: 0 })),
      ...(relays.length > 0 ? [{ type: 'relay-v1', hints: relays.map((hint) => ({ ...hint, priority: 0 })) }] : []),
    ],
  };
}
