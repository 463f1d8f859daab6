import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { TokenScope } from '@enxame/shared/tracker/token';
import type { Tokens } from '../domain/tokens.js';
import { callerOf, type ApiHandlers } from './api-handlers.js';

/** Tokens, made and revoked over HTTP: a token can make none that may more than it may itself. */
export function createTokenRoutes(tokens: Tokens): ApiHandlers<'tokens' | 'createToken' | 'revokeToken'> {
  return {
    tokens: (_input, call) => ({ tokens: tokens.list(callerOf(call).user.id) }),
    createToken: ({ body }, call) => {
      const { user, scopes } = callerOf(call);
      checkScopes(body.scopes, (scope) => scopes.has(scope));
      return tokens.create(user.id, body);
    },
    revokeToken: async ({ params: { id } }, call) => {
      await tokens.revoke(callerOf(call).user.id, id);
      return {};
    },
  };
}

/** Throws `forbidden` for a scope that may not be given. */
export function checkScopes(wanted: readonly TokenScope[], mayGive: (scope: TokenScope) => boolean): void {
  if (!wanted.every(mayGive)) throw new EnxameError('forbidden');
}
