import { createHash } from 'node:crypto';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { userIdSchema, type UserId } from '@enxame/shared/ids';
import { maxTokensPerUser, tokenSchema, type Token, type TokenScope } from '@enxame/shared/tracker/token';
import { z } from 'zod';
import { addRecord, type Records } from './records.js';

/** By this a secret that was left somewhere is recognised for what it is. */
export const tokenPrefix = 'enx_';
const secretBytes = 32;
const idBytes = 8;
/** When a token was last used is worth a write this often, not with every request. */
const usedEveryMs = 60_000;

/** A token as it is kept: of its secret only the hash, which opens nothing. */
export const storedTokenSchema = tokenSchema.extend({ userId: userIdSchema, secretHash: z.string().length(64) });
export type StoredToken = z.infer<typeof storedTokenSchema>;

/** Permissions for programs. Who holds the secret acts for the user, within the scopes. (docs/spec/http-api.md, H5) */
export interface Tokens {
  /** Throws `too-large` past `maxTokensPerUser`. */
  create(
    userId: UserId,
    options: { readonly name: string; readonly scopes: readonly TokenScope[] },
  ): Promise<{ token: Token; secret: string }>;
  list(userId: UserId): Token[];
  /** What is not there, or not this user's, is passed over. */
  revoke(userId: UserId, id: string): Promise<void>;
  /** Whose secret this is; undefined for nobody's. */
  find(secret: string): StoredToken | undefined;
  /** All of a person who leaves. */
  removeUser(userId: UserId): Promise<void>;
}

export function createTokens(deps: {
  readonly records: Records<StoredToken>;
  readonly now: () => number;
  readonly randomBytes: (bytes: number) => Uint8Array;
  readonly onLateFailure: (error: unknown) => void;
}): Tokens {
  const { records, now, randomBytes } = deps;
  /** By the hash of the secret: how long a look takes says nothing about a secret that is not known. */
  const byHash = new Map<string, string>();
  for (const { id, secretHash } of records.values()) byHash.set(secretHash, id);

  const ownedBy = (userId: UserId): StoredToken[] =>
    [...records.values()].filter((token) => token.userId === userId).sort((a, b) => b.createdAt - a.createdAt);

  async function remove(token: StoredToken): Promise<void> {
    byHash.delete(token.secretHash); // at once, whatever the disk says
    await records.delete(token.id);
  }

  return {
    create: async (userId, { name, scopes }) => {
      if (ownedBy(userId).length >= maxTokensPerUser) throw new EnxameError('too-large');
      const secret = `${tokenPrefix}${Buffer.from(randomBytes(secretBytes)).toString('base64url')}`;
      const stored: StoredToken = {
        id: Buffer.from(randomBytes(idBytes)).toString('base64url'),
        name,
        scopes: [...new Set(scopes)],
        createdAt: now(),
        lastUsedAt: null,
        userId,
        secretHash: hashOf(secret),
      };
      await addRecord(records, stored.id, stored);
      byHash.set(stored.secretHash, stored.id);
      return { token: toToken(stored), secret };
    },
    list: (userId) => ownedBy(userId).map(toToken),
    revoke: async (userId, id) => {
      const token = records.get(id);
      if (token?.userId === userId) await remove(token);
    },
    find: (secret) => {
      const token = records.get(byHash.get(hashOf(secret)) ?? '');
      if (token && now() - (token.lastUsedAt ?? 0) >= usedEveryMs) {
        records.set(token.id, { ...token, lastUsedAt: now() }).catch(deps.onLateFailure);
      }
      return token;
    },
    removeUser: async (userId) => {
      await Promise.all(ownedBy(userId).map(remove));
    },
  };
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const toToken = ({ userId: _userId, secretHash: _secretHash, ...token }: StoredToken): Token => token;
