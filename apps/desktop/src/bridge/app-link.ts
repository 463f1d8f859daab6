import { linkIdSchema } from '@enxame/shared/tracker/link';
import { z } from 'zod';

/** The scheme that the installers register: what a browser or a chat hands to this program. */
export const linkScheme = 'enxame';

/** Longer than any link that Enxame makes; what is longer was made to be read by a machine, not given to a person. */
export const maxLinkChars = 500;

/** Host and port: a name, an IPv4 address, or an IPv6 address in brackets. No user, no path. */
const placeSchema = z
  .string()
  .max(300)
  .regex(/^(?:\[[0-9a-f:.]{2,45}\]|[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?):[1-9]\d{0,4}$/i)
  .refine((place) => Number(place.slice(place.lastIndexOf(':') + 1)) <= 65_535);
/** A code as people write it; whether it is one is for the engine to say. */
const codeTextSchema = z.string().regex(/^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N} .-]{0,199}$/u);
const sealSchema = z.string().regex(/^[\p{L}\p{M}\p{N}-]{1,100}$/u);
const invitationSchema = z.string().regex(/^[A-Za-z0-9_-]{1,100}$/);

export const appLinkSchema = z.discriminatedUnion('kind', [
  /** `enxame://code/<code>?at=<host:port>`. `at` null: the tracker in use. `link` is what `code:receive` takes. */
  z.strictObject({
    kind: z.literal('code'),
    code: codeTextSchema,
    at: placeSchema.nullable(),
    link: z.string().max(maxLinkChars),
  }),
  /** `enxame://tracker/<host:port>?seal=<words>&invitation=<text>`: joining a network. The seal is to be compared. */
  z.strictObject({
    kind: z.literal('tracker'),
    address: placeSchema,
    seal: sealSchema.nullable(),
    invitation: invitationSchema.nullable(),
  }),
  /** `enxame://share/<host:port>/<link id>`: what waits behind the share link of a tracker. */
  z.strictObject({ kind: z.literal('share'), tracker: placeSchema, id: linkIdSchema }),
]);
export type AppLink = z.infer<typeof appLinkSchema>;

/** The words after `?` that a kind of link knows; each at most once, and no others. */
const known: Readonly<Record<string, readonly string[]>> = {
  code: ['at'],
  tracker: ['seal', 'invitation'],
  share: [],
};

/**
 * Reads a link that came from outside (docs/spec/app-links.md, K1 and K2). Undefined for everything that is not exactly one of the forms above: a link can
 * be put before a person by anybody, so nothing of it is guessed, mended or passed on unread.
 */
export function parseAppLink(text: string): AppLink | undefined {
  if (text.length > maxLinkChars || !text.startsWith(`${linkScheme}://`) || !URL.canParse(text)) return undefined;
  const { host: kind, username, password, port, hash, pathname, searchParams } = new URL(text);
  const words = Object.hasOwn(known, kind) ? known[kind] : undefined;
  if (!words || username !== '' || password !== '' || port !== '' || hash !== '') return undefined;
  const given = [...searchParams.keys()];
  if (new Set(given).size !== given.length || given.some((word) => !words.includes(word))) return undefined;
  const [first, second, ...more] = pathParts(pathname) ?? [];
  if (more.length > 0 || (second !== undefined && kind !== 'share')) return undefined;
  const link = {
    code: { kind: 'code', code: first, at: searchParams.get('at'), link: text },
    tracker: {
      kind: 'tracker',
      address: first,
      seal: searchParams.get('seal'),
      invitation: searchParams.get('invitation'),
    },
    share: { kind: 'share', tracker: first, id: second },
  }[kind];
  return appLinkSchema.safeParse(link).data;
}

/** The parts between the slashes, one at the end left out. Undefined for a broken percent-encoding. */
function pathParts(pathname: string): string[] | undefined {
  try {
    return pathname.replace(/^\//, '').replace(/\/$/, '').split('/').map(decodeURIComponent);
  } catch {
    return undefined; // no link of ours
  }
}
