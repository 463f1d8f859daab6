import type { UserId } from '@enxame/shared/ids';
import type { User } from '../domain/user.js';
import type { UserStore } from '../domain/user-store.js';

/** Users for as long as the process lives: for tests. */
export function createMemoryUserStore(users = new Map<UserId, User>()): UserStore {
  return {
    load: () => Promise.resolve([...users.values()]),
    put: (changed) => {
      for (const user of changed) users.set(user.id, user);
      return Promise.resolve();
    },
    remove: (userIds) => {
      for (const userId of userIds) users.delete(userId);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}
