import { join } from 'node:path';
import type { UserId } from '@enxame/shared/ids';
import { Low } from 'lowdb';
import { z } from 'zod';
import { createBatches } from '../domain/batches.js';
import { userSchema, type User } from '../domain/user.js';
import type { UserStore } from '../domain/user-store.js';
import { createDocumentAdapter, type DocumentOptions } from './document-adapter.js';
import { toJsonLines } from './json-lines.js';
import { toStorageError } from './storage-error.js';

export const usersDocumentSchema = z.object({ version: z.literal(1), users: z.array(userSchema) });
type UsersDocument = z.infer<typeof usersDocumentSchema>;

interface UsersChange {
  readonly put: readonly User[];
  readonly remove: readonly UserId[];
}

/** Users in `users.json`. What is in memory is what is on disk: a write that fails takes its users back. */
export function createLowdbUserStore(folder: string, options: DocumentOptions): UserStore {
  const adapter = createDocumentAdapter(
    join(folder, 'users.json'),
    usersDocumentSchema,
    ({ version, users }) => toJsonLines({ version }, 'users', users),
    options,
  );
  const db = new Low<UsersDocument>(adapter, { version: 1, users: [] });

  const batches = createBatches(async (batch: readonly UsersChange[]) => {
    const before = db.data;
    const users = new Map<UserId, User>(before.users.map((user) => [user.id, user]));
    for (const { put, remove } of batch) {
      for (const user of put) users.set(user.id, user);
      for (const userId of remove) users.delete(userId);
    }
    db.data = { version: 1, users: [...users.values()] };
    try {
      await db.write();
    } catch (error) {
      db.data = before;
      throw toStorageError(error);
    }
  });

  return {
    load: async () => {
      await db.read();
      return db.data.users;
    },
    put: (users) => batches.add({ put: users, remove: [] }),
    remove: (userIds) => batches.add({ put: [], remove: userIds }),
    close: () => batches.idle(),
  };
}
