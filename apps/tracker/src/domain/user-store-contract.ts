import { createPublicKey } from 'node:crypto';
import { encodePublicKey, toUserId } from '@enxame/identity/public-key';
import { createUserKey } from '@enxame/identity/user-key';
import { describe, expect, it } from 'vitest';
import type { User } from './user.js';
import type { UserStore } from './user-store.js';

/** A place where users rest, which can be left and come back to. */
export interface UserStorePlace {
  open(): UserStore;
  remove(): Promise<void>;
}

export function createUser(name: string): User {
  const key = createPublicKey(createUserKey(Buffer.from(name.padEnd(32, '.').slice(0, 32))));
  return { id: toUserId(key), name, userKey: encodePublicKey(key), registeredAt: 1, lastSeenAt: null };
}

/** What every UserStore does. */
export function testUserStore(kind: string, createPlace: () => Promise<UserStorePlace>): void {
  describe(`the user store (${kind})`, () => {
    async function inPlace(test: (place: UserStorePlace) => Promise<void>): Promise<void> {
      const place = await createPlace();
      try {
        await test(place);
      } finally {
        await place.remove();
      }
    }
    const reopen = async (place: UserStorePlace): Promise<readonly User[]> => {
      const store = place.open();
      const users = await store.load();
      await store.close();
      return users;
    };

    it('T15: is empty at first', () =>
      inPlace(async (place) => {
        expect(await reopen(place)).toEqual([]);
      }));

    it('T15: has what was put as soon as that is acknowledged, without being closed', () =>
      inPlace(async (place) => {
        const store = place.open();
        await store.load();
        await store.put([createUser('Ana'), createUser('Rui')]);
        expect(await reopen(place)).toEqual([createUser('Ana'), createUser('Rui')]);
        await store.close();
      }));

    it('T15: replaces a user with the same id', () =>
      inPlace(async (place) => {
        const store = place.open();
        await store.load();
        await store.put([createUser('Ana'), createUser('Rui')]);
        await store.put([{ ...createUser('Ana'), lastSeenAt: 5 }]);
        await store.close();
        expect(await reopen(place)).toEqual([{ ...createUser('Ana'), lastSeenAt: 5 }, createUser('Rui')]);
      }));

    it('T121: has no more what was removed as soon as that is acknowledged', () =>
      inPlace(async (place) => {
        const store = place.open();
        await store.load();
        const [ana, rui] = [createUser('Ana'), createUser('Rui')];
        await Promise.all([store.put([ana, rui]), store.remove([ana.id])]);
        await store.remove([ana.id]);
        expect(await reopen(place)).toEqual([rui]);
        await store.close();
      }));

    it('T15: keeps all that was put at once', () =>
      inPlace(async (place) => {
        const store = place.open();
        await store.load();
        const names = Array.from({ length: 20 }, (_, index) => `User ${String(index)}`);
        await Promise.all(names.map((name) => store.put([createUser(name)])));
        await store.close();
        await store.close();
        expect((await reopen(place)).map(({ name }) => name).sort()).toEqual([...names].sort());
      }));
  });
}
