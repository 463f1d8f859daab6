import { z } from 'zod';
import type { RequestTable } from '../messages/request-table.js';

const empty = z.strictObject({});
export const maxTokensPerUser = 100;

/** `read`: the catalogue and downloads. `upload`: hosted copies and links. `admin`: all that an administrator may. */
export const tokenScopes = ['read', 'upload', 'admin'] as const;
export type TokenScope = (typeof tokenScopes)[number];

/** Names a token; it is not the secret. */
export const tokenIdSchema = z.string().regex(/^[A-Za-z0-9_-]{11}$/);

export const tokenSchema = z.object({
  id: tokenIdSchema,
  name: z.string(),
  scopes: z.array(z.enum(tokenScopes)),
  /** Milliseconds since 1970. */
  createdAt: z.int(),
  lastUsedAt: z.int().nullable(),
});
export type Token = z.infer<typeof tokenSchema>;

export const tokenOptionsSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  scopes: z.array(z.enum(tokenScopes)).min(1).max(tokenScopes.length),
});

/** Permissions for programs that speak HTTP to the tracker in this person's name. */
export const tokenRequests = {
  /** The secret is told this once; the tracker keeps its hash. Throws `forbidden` for a scope that the person has not. */
  'token:create': {
    payload: tokenOptionsSchema,
    reply: z.object({ token: tokenSchema, secret: z.string() }),
  },
  'tokens:list': { payload: empty, reply: z.object({ tokens: z.array(tokenSchema).max(maxTokensPerUser) }) },
  /** From now on it opens nothing. What is not there is passed over. */
  'token:revoke': { payload: z.strictObject({ id: tokenIdSchema }), reply: empty },
} as const satisfies RequestTable;
