import { beforeEach, describe, expect, it } from 'vitest';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { createMemoryUserStore } from '../store/memory-user-store.js';
import { createFakeClock, type FakeClock } from '../test-kit/fake-clock.js';
import { createUser } from './user-store-contract.js';
import type { User } from './user.js';
import { lastSeenDelayMs, openUserRegistry, type UserRegistry } from './user-registry.js';
import type { UserStore } from './user-store.js';

let clock: FakeClock;
let puts: User[][];
let failure: Error | undefined;
let late: unknown[];
let store: UserStore;
let registry: UserRegistry;

beforeEach(async () => {
  clock = createFakeClock();
  puts = [];
  failure = undefined;
  late = [];
  const memory = createMemoryUserStore();
  store = {
    ...memory,
    put: async (users) => {
      await Promise.resolve();
      if (failure) throw failure;
      puts.push([...users]);
      await memory.put(users);
    },
  };
  registry = await openUserRegistry({ store, clock, onLateFailure: (error) => late.push(error) });
});

const register = (who: string, name: string) => {
  const { id, userKey } = createUser(who);
  return registry.register(id, userKey, name);
};

describe('the registry of names', () => {
  it('T5: binds a name in its stored form, on disk', async () => {
    const user = await register('a', '  Ana   Clara ');
    expect(user).toMatchObject({ name: 'Ana Clara', registeredAt: clock.now(), lastSeenAt: null });
    expect(registry.get(user.id)).toEqual(user);
    expect(puts).toEqual([[user]]);
  });

  it.each([
    ['Ana', 'ANA', { code: 'name-taken', params: { name: 'Ana' } }],
    ['Ana', 'Ána', { code: 'name-look-alike', params: { name: 'Ana' } }],
    ['Paulo', 'Pau1o', { code: 'name-look-alike', params: { name: 'Paulo' } }],
  ])('T5: after %s nobody else gets %s', async (taken, name, error) => {
    await register('a', taken);
    await expect(register('b', name)).rejects.toMatchObject(error);
    expect(() => registry.check(name)).toThrow(expect.objectContaining(error));
  });

  it('T5: gives a name to one of two who ask at once', async () => {
    const results = await Promise.allSettled([register('a', 'Ana'), register('b', 'ana')]);
    expect(results).toMatchObject([
      { status: 'fulfilled', value: { name: 'Ana' } },
      { status: 'rejected', reason: { code: 'name-taken' } },
    ]);
    expect(puts).toHaveLength(1);
  });

  it('T5: answers the same user the same, at once and later, and refuses a second name', async () => {
    const [first, again] = await Promise.all([register('a', 'Ana'), register('a', 'Ana')]);
    expect(again).toEqual(first);
    expect(await register('a', 'ANA')).toEqual(first);
    await expect(register('a', 'Rui')).rejects.toMatchObject({ code: 'already-registered', params: { name: 'Ana' } });
    expect(puts).toHaveLength(1);
  });

  it('T5: leaves a name free that could not be kept', async () => {
    failure = new EnxameError('tracker-storage-full');
    await expect(register('a', 'Ana')).rejects.toMatchObject({ code: 'tracker-storage-full' });
    expect(registry.get(createUser('a').id)).toBeUndefined();
    failure = undefined;
    await expect(register('b', 'Ana')).resolves.toMatchObject({ name: 'Ana' });
  });

  it('T5: knows its names after it is opened again', async () => {
    await register('a', 'Ana');
    const again = await openUserRegistry({ store, clock, onLateFailure: (error) => late.push(error) });
    expect(() => again.check('ána')).toThrow(expect.objectContaining({ code: 'name-look-alike' }));
    expect(again.check('Rui')).toBe('Rui');
  });

  it('T8: keeps when people were last seen, a while later and in one write', async () => {
    const [ana, rui] = [await register('a', 'Ana'), await register('b', 'Rui')];
    registry.seen(ana.id);
    registry.seen(rui.id);
    expect(puts).toHaveLength(2);
    const seenAt = clock.now();
    clock.advance(lastSeenDelayMs);
    await registry.close();
    expect(puts[2]).toEqual([
      { ...ana, lastSeenAt: seenAt },
      { ...rui, lastSeenAt: seenAt },
    ]);
    expect(puts).toHaveLength(3);
  });

  it('T8: tells when that failed, and tries again', async () => {
    const ana = await register('a', 'Ana');
    registry.seen(ana.id);
    failure = new Error('disk');
    await registry.close();
    expect(late).toEqual([failure]);
    failure = undefined;
    await registry.close();
    expect(puts.at(-1)).toMatchObject([{ id: ana.id, lastSeenAt: clock.now() }]);
  });
});
