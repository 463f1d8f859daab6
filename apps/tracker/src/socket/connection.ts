import type { TrackerPushes, TrackerPushName } from '@enxame/shared/tracker/pushes';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { Session } from '../domain/session.js';

/** One Socket.IO connection, before and after its session is open. */
export interface Connection {
  readonly id: string;
  /** Where it comes from, in normal form. */
  readonly remoteHost: string;
  /** The nonce of the last challenge, until a proof used it. */
  nonce: string | undefined;
  session: Session | undefined;
  /** Somebody is choosing a name: the connection may stay without a session for a while. */
  startOnboarding(): void;
  /** The session is open: the connection may stay. */
  keep(): void;
  /** Whether it reads so slowly that what it was sent already is all that is kept for it. */
  isBehind(): boolean;
  push<N extends TrackerPushName>(name: N, payload: TrackerPushes[N]): void;
  end(): void;
}

/** The nonce that a proof must have signed. It is gone then, whether the proof is good or not. (T4) */
export function takeNonce(connection: Connection): string {
  const { nonce } = connection;
  connection.nonce = undefined;
  if (nonce === undefined) throw new EnxameError('signature-invalid');
  return nonce;
}

/** Throws `unauthorized` before the session is open. */
export function sessionOf(connection: Connection): Session {
  if (!connection.session) throw new EnxameError('unauthorized');
  return connection.session;
}
