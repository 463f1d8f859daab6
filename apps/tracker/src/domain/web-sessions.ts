import { createHash } from 'node:crypto';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { UserId } from '@enxame/shared/ids';
import type { Clock } from './clock.js';

export const nonceLifeMs = 2 * 60_000;
export const webSessionLifeMs = 24 * 3_600_000;
/** Tells a session's secret from a token's. */
export const webSessionPrefix = 'enxs_';
/** Anybody may ask for one: more than so many at once push out the oldest. */
const maxNonces = 10_000;
/** Browsers of one person that are signed in; the next one signs the oldest out. */
const maxSessionsPerUser = 20;

/** People in browsers: nonces that they sign, and the secrets they get for it. Memory only: a restart signs them out. */
export interface WebSessions {
  challenge(): string;
  /** Throws `signature-invalid` for a nonce that is used, too old, or was never given. */
  takeNonce(nonce: string): void;
  open(userId: UserId): { token: string; expiresAt: number };
  find(token: string): UserId | undefined;
  removeUser(userId: UserId): void;
}

export function createWebSessions(deps: {
  readonly clock: Pick<Clock, 'now'>;
  readonly randomBytes: (bytes: number) => Uint8Array;
}): WebSessions {
  const { clock } = deps;
  /** Nonce to when it ends; oldest first. */
  const nonces = new Map<string, number>();
  const sessions = new Map<string, { readonly userId: UserId; readonly expiresAt: number }>();
  const keysOf = new Map<UserId, string[]>();
  const random = (bytes: number): string => Buffer.from(deps.randomBytes(bytes)).toString('base64url');

  function remove(key: string): void {
    const session = sessions.get(key);
    if (!session) return;
    sessions.delete(key);
    const left = (keysOf.get(session.userId) ?? []).filter((other) => other !== key);
    if (left.length > 0) keysOf.set(session.userId, left);
    else keysOf.delete(session.userId);
  }

  return {
    challenge: () => {
      for (const [nonce, endsAt] of nonces) {
        if (endsAt > clock.now() && nonces.size < maxNonces) break;
        nonces.delete(nonce);
      }
      const nonce = random(24);
      nonces.set(nonce, clock.now() + nonceLifeMs);
      return nonce;
    },
    takeNonce: (nonce) => {
      const endsAt = nonces.get(nonce);
      nonces.delete(nonce);
      if (endsAt === undefined || endsAt <= clock.now()) throw new EnxameError('signature-invalid');
    },
    open: (userId) => {
      const token = `${webSessionPrefix}${random(32)}`;
      const expiresAt = clock.now() + webSessionLifeMs;
      const own = keysOf.get(userId) ?? [];
      for (const key of own.slice(0, Math.max(0, own.length - maxSessionsPerUser + 1))) remove(key);
      const key = hashOf(token);
      sessions.set(key, { userId, expiresAt });
      keysOf.set(userId, [...(keysOf.get(userId) ?? []), key]);
      return { token, expiresAt };
    },
    find: (token) => {
      const key = hashOf(token);
      const session = sessions.get(key);
      if (session && session.expiresAt <= clock.now()) remove(key);
      return sessions.get(key)?.userId;
    },
    removeUser: (userId) => {
      for (const key of keysOf.get(userId) ?? []) remove(key);
    },
  };
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
