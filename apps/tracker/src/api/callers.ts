import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { UserId } from '@enxame/shared/ids';
import type { ApiAccess } from '@enxame/shared/tracker/api-route';
import { tokenScopes, type TokenScope } from '@enxame/shared/tracker/token';
import { tokenPrefix, type Tokens } from '../domain/tokens.js';
import type { User } from '../domain/user.js';
import type { WebSessions } from '../domain/web-sessions.js';

/** Who asks, and what they may. */
export interface Caller {
  readonly user: User;
  readonly scopes: ReadonlySet<TokenScope>;
  /** What its requests are counted by: a token, or the person in browsers. */
  readonly key: string;
}

export interface CallerDeps {
  readonly tokens: Pick<Tokens, 'find'>;
  readonly webSessions: Pick<WebSessions, 'find'>;
  readonly users: { get(userId: UserId): User | undefined };
  readonly isAdmin: (userId: UserId) => boolean;
  /** Throws `banned` for who may not be here any more. */
  readonly checkMember: (userId: UserId) => void;
  /** Whether anybody may read the catalogue and download, or members only. */
  readonly catalogueAccess: () => 'public' | 'members';
}

/** RFC 6750, 2.1; longer than any secret of ours is none. */
const bearer = /^Bearer ([A-Za-z0-9_-]{1,100})$/i;

/** Undefined: nobody in particular. A secret that opens nothing throws `unauthorized`, whatever was asked. */
export function findCaller(deps: CallerDeps, authorization: string | undefined): Caller | undefined {
  if (authorization === undefined) return undefined;
  const secret = bearer.exec(authorization)?.[1];
  if (secret === undefined) throw new EnxameError('unauthorized');
  const token = secret.startsWith(tokenPrefix) ? deps.tokens.find(secret) : undefined;
  const userId = token?.userId ?? deps.webSessions.find(secret);
  const user = userId && deps.users.get(userId);
  if (!user) throw new EnxameError('unauthorized');
  deps.checkMember(user.id);
  const scopes = new Set<TokenScope>(token?.scopes ?? tokenScopes);
  if (!deps.isAdmin(user.id)) scopes.delete('admin'); // nobody stays one by an old token
  return { user, scopes, key: token ? `token ${token.id}` : `user ${user.id}` };
}

/** Throws `unauthorized` when somebody has to sign in, `forbidden` when who signed in may not. */
export function checkAccess(deps: CallerDeps, access: ApiAccess, caller: Caller | undefined): void {
  if (access === 'anyone' || (access === 'read' && deps.catalogueAccess() === 'public')) return;
  if (!caller) throw new EnxameError('unauthorized');
  if (!caller.scopes.has(access)) throw new EnxameError('forbidden');
}
