import type { Socket } from 'node:net';
import { timingSafeEqual } from 'node:crypto';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { deriveKey } from '../keys.js';
import type { ByteReader } from './byte-reader.js';

/** Only the sender chooses which of several connections is used. */
export type TransitRole = 'sender' | 'receiver';

export interface TransitKeys {
  readonly role: TransitRole;
  readonly transitKey: Uint8Array;
}

/** A connection on which the other side has proven the transit key, before anybody chose it. */
export interface ProvenConnection {
  readonly socket: Socket;
  readonly reader: ByteReader;
}

const go = 'go\n';
const nevermind = 'nevermind\n';
const relayOk = 'ok\n';

const hex = (key: Uint8Array): string => Buffer.from(key).toString('hex');

function greetingOf(role: TransitRole, transitKey: Uint8Array): string {
  return `transit ${role} ${hex(deriveKey(transitKey, `transit_${role}`))} ready\n\n`;
}

/** Asks a relay to join us with the other side, and waits until it has. Throws `relay-refused`, `other-side-left`. */
export async function askRelay(
  { socket, reader }: ProvenConnection,
  transitKey: Uint8Array,
  side: string,
): Promise<void> {
  socket.write(`please relay ${hex(deriveKey(transitKey, 'transit_relay_token'))} for side ${side}\n`);
  const answer = await reader.read(relayOk.length);
  if (answer.toString('latin1') !== relayOk) throw new EnxameError('relay-refused');
}

/** Says who we are, and has the other side say it. Throws `source-identity` for anybody else, `other-side-left`. */
export async function proveTransit({ socket, reader }: ProvenConnection, keys: TransitKeys): Promise<void> {
  socket.write(greetingOf(keys.role, keys.transitKey));
  const wanted = Buffer.from(greetingOf(keys.role === 'sender' ? 'receiver' : 'sender', keys.transitKey));
  const said = await reader.read(wanted.length);
  if (!timingSafeEqual(said, wanted)) throw new EnxameError('source-identity');
}

export function chooseConnection({ socket }: ProvenConnection): void {
  socket.write(go);
}

export function declineConnection({ socket }: ProvenConnection): void {
  socket.end(nevermind);
}

/** The receiver's wait. Throws `other-side-left` when another connection was chosen. */
export async function awaitChoice({ reader }: ProvenConnection): Promise<void> {
  const said = await reader.read(go.length);
  if (said.toString('latin1') !== go) throw new EnxameError('other-side-left');
}
