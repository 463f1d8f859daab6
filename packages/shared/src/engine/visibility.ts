import { z } from 'zod';
import { userIdSchema } from '../ids.js';
import { maxAudience, type Audience } from '../tracker/entry.js';

/** Who may know of a share. `link`: nobody by the catalogue, only who was given a link or a code. */
export const visibilitySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('everyone') }),
  z.strictObject({ kind: z.literal('people'), people: z.array(userIdSchema).min(1).max(maxAudience) }),
  z.strictObject({ kind: z.literal('link') }),
]);
export type Visibility = z.infer<typeof visibilitySchema>;

/** As the tracker is told. (docs/spec/tracker-protocol.md, T140) */
export function toAudience(visibility: Visibility): Audience | null {
  if (visibility.kind === 'everyone') return null;
  return visibility.kind === 'link' ? [] : [...new Set(visibility.people)].sort();
}

export function fromAudience(audience: Audience | null): Visibility {
  if (audience === null) return { kind: 'everyone' };
  return audience.length === 0 ? { kind: 'link' } : { kind: 'people', people: [...audience] };
}
