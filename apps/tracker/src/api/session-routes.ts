import { checkSignature, parsePublicKey, toUserId } from '@enxame/identity/public-key';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { registrationStatement, webSessionStatement } from '@enxame/shared/identity/grant';
import type { TrackerId, UserId } from '@enxame/shared/ids';
import type { User } from '../domain/user.js';
import type { WebSessions } from '../domain/web-sessions.js';
import type { ApiHandlers } from './api-handlers.js';

/** Somebody who holds this key wants this name. */
export interface WantedUser {
  readonly userId: UserId;
  readonly userKey: string;
  readonly name: string;
  readonly invitation: string | undefined;
  readonly remoteHost: string;
}

export interface SessionRouteDeps {
  readonly trackerId: TrackerId;
  readonly webSessions: WebSessions;
  readonly users: { get(userId: UserId): User | undefined };
  /** Throws what registering throws. */
  readonly register: (wanted: WantedUser) => Promise<User>;
  readonly isAdmin: (userId: UserId) => boolean;
  readonly checkMember: (userId: UserId) => void;
}

/** How a person in a browser, who holds a user key and no device, gets in. */
export function createSessionRoutes(deps: SessionRouteDeps): ApiHandlers<'challenge' | 'register' | 'signIn' | 'me'> {
  const { trackerId, webSessions } = deps;
  return {
    challenge: () => ({ nonce: webSessions.challenge() }),
    register: async ({ body: { name, userKey, nonce, signature, invitation } }, { remoteHost }) => {
      webSessions.takeNonce(nonce);
      const key = parsePublicKey(userKey, 'ed25519');
      const userId = toUserId(key);
      checkSignature(key, registrationStatement({ trackerId, nonce, userId, name }), signature);
      return { user: toUserRef(await deps.register({ userId, userKey, name, invitation, remoteHost })) };
    },
    signIn: ({ body: { userKey, nonce, signature } }) => {
      webSessions.takeNonce(nonce);
      const key = parsePublicKey(userKey, 'ed25519');
      const userId = toUserId(key);
      checkSignature(key, webSessionStatement({ trackerId, nonce, userId }), signature);
      const user = deps.users.get(userId);
      if (!user) throw new EnxameError('not-registered');
      deps.checkMember(userId);
      return { user: toUserRef(user), ...webSessions.open(userId), isAdmin: deps.isAdmin(userId) };
    },
    me: (_input, { caller }) => ({
      user: caller ? toUserRef(caller.user) : null,
      isAdmin: caller?.scopes.has('admin') ?? false,
    }),
  };
}

const toUserRef = ({ id, name }: User): Pick<User, 'id' | 'name'> => ({ id, name });
