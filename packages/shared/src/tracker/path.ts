import { z } from 'zod';
import { fromBase32, toBase32 } from '../content/base32.js';
import { deviceGrantSchema } from '../identity/grant.js';
import { contentIdSchema, deviceIdSchema } from '../ids.js';
import { deviceAddressSchema, maxAddresses } from './person.js';

// How two devices that cannot simply dial each other find a way: docs/spec/tracker-protocol.md, T50 to T69.

/** 16 random bytes, made by the tracker: one search for a way between two devices. */
export const pathIdSchema = z
  .string()
  .regex(/^[a-z2-7]{25}[aeimquy4]$/)
  .brand<'PathId'>();
export type PathId = z.infer<typeof pathIdSchema>;

/** 32 random bytes, base64url: one side of one path. The tracker knows whose it is. */
export const pathTokenSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** What a path is looked for in vain: both sides leave it, and the tracker forgets it. */
export const pathLifeMs = 30_000;

/** With this a device that was asked begins its connection to who asked; then TLS as ever, with that side as client. */
export const reversePreface = 'ENXR1';

/** Over HTTP or HTTPS, with `authorization: Bearer <path token>`: the tracker notes where this connection comes from. */
export const seenPath = '/seen';
/** An upgrade to `relayProtocol`, or to a WebSocket where a proxy lets nothing else through; then raw bytes. */
export const relayPath = '/relay';
export const relayProtocol = 'enxame-relay';

const relayNamePattern = /^([a-z2-7]{52})\.relay\.enxame$/;

/**
 * The server name with which a TLS connection goes to the other side of a path, and not to the tracker that it comes to.
 * `token`: the 32 bytes.
 */
export const toRelayName = (token: Uint8Array): string => `${toBase32(token)}.relay.enxame`;

/** Undefined for any other name. */
export function fromRelayName(name: string): Uint8Array | undefined {
  const [, token] = relayNamePattern.exec(name) ?? [];
  return token === undefined ? undefined : fromBase32(token);
}

/** Another device wants a content of this one and cannot dial it: dial back, meet it half way, or use the relay. */
export const pathAskedSchema = z.object({
  pathId: pathIdSchema,
  token: pathTokenSchema,
  contentId: contentIdSchema,
  requester: z.object({ deviceId: deviceIdSchema, userName: z.string(), grant: deviceGrantSchema }),
  /** Where it can be dialled: only what the tracker saw of it, or what lies in a network that both are in. */
  addresses: z.array(deviceAddressSchema).max(maxAddresses),
  /** The requester has a relayed connection already and only looks for a better one. */
  hasRelay: z.boolean(),
});
export type PathAsked = z.infer<typeof pathAskedSchema>;

/** The tracker has seen both sides come out of their routers: this is where the other one did. */
export const pathMetSchema = z.object({ pathId: pathIdSchema, address: deviceAddressSchema });
