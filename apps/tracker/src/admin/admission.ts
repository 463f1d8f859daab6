import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { UserId } from '@enxame/shared/ids';
import type { Network } from '../domain/network.js';
import type { User } from '../domain/user.js';
import type { Administration } from './administration.js';

/** Somebody who holds this key wants this name; the signature was checked. */
export interface WantedUser {
  readonly userId: UserId;
  readonly userKey: string;
  readonly name: string;
  readonly invitation: string | undefined;
  readonly remoteHost: string;
}

/** The one way to become a user, over Socket.IO and over HTTP. (T100 to T103) */
export interface Admission {
  /** Throws `banned`, `registration-closed`, `invitation-invalid`, `rate-limited`, and what the name is refused for. */
  readonly register: (wanted: WantedUser) => Promise<User>;
}

export function createAdmission(deps: {
  readonly network: Pick<Network, 'users' | 'register'>;
  readonly administration: Administration;
  /** Throws `rate-limited` when this address registered too many names lately. */
  readonly countRegistration: (remoteHost: string) => Promise<void>;
}): Admission {
  const { network, administration } = deps;

  async function enter({ userId, userKey, name, remoteHost }: WantedUser): Promise<User> {
    await deps.countRegistration(remoteHost);
    const user = await network.register(userId, userKey, name);
    // Whoever starts a network is the first in it. From the question to the answer nothing else runs.
    const isFirst = network.users.size === 1 && administration.admins().length === 0;
    if (isFirst) await administration.appoint(userId);
    await administration.audit.add({ userId, name: user.name }, 'register', user.name, isFirst ? 'administrator' : '');
    return user;
  }

  return {
    register: async (wanted) => {
      administration.bans.check({ userId: wanted.userId, host: wanted.remoteHost });
      // Known already: the answer is the one of before, or `already-registered`.
      if (network.users.get(wanted.userId)) return network.register(wanted.userId, wanted.userKey, wanted.name);
      network.users.check(wanted.name);
      const isEmpty = network.users.size === 0;
      switch (isEmpty ? 'open' : administration.settings.registration) {
        case 'open':
          return enter(wanted);
        case 'closed':
          throw new EnxameError('registration-closed');
        case 'invitation':
          return administration.invitations.use(wanted.invitation, () => enter(wanted));
      }
    },
  };
}
