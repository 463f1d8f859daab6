import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { parseUserName, toNameKey, toNameSkeleton } from '@enxame/shared/identity/user-name';
import type { UserId } from '@enxame/shared/ids';
import type { Clock } from './clock.js';
import type { User } from './user.js';
import type { UserStore } from './user-store.js';

/** When a person was last seen may be this much out of date after a crash; it is not worth a write each time. */
export const lastSeenDelayMs = 30_000;

/** Who has which name. Owns the names; nobody else allocates one. */
export interface UserRegistry {
  get(userId: UserId): User | undefined;
  values(): Iterable<User>;
  readonly size: number;
  /** The name in its stored form. Throws what registering it would throw. */
  check(name: string): string;
  /**
   * Binds a free name to a user. On disk when it resolves; the same user with the same name again is the same answer.
   * Throws `name-empty`, `name-too-long`, `name-characters`, `name-mixed-scripts`, `name-taken`, `name-look-alike`,
   * `already-registered`, and what the store throws.
   */
  register(userId: UserId, userKey: string, name: string): Promise<User>;
  /** The name is free then. On disk when it resolves; who is not there is passed over. */
  remove(userId: UserId): Promise<void>;
  /** Kept within `lastSeenDelayMs`; never waited for. */
  seen(userId: UserId): void;
  /** Writes what waits. */
  close(): Promise<void>;
}

export async function openUserRegistry(deps: {
  readonly store: UserStore;
  readonly clock: Clock;
  /** When somebody was last seen could not be kept; it is tried again with the next change. */
  readonly onLateFailure: (error: unknown) => void;
  /** Names of people who left: nobody may take them yet. */
  readonly isBlocked?: ((name: string) => boolean) | undefined;
}): Promise<UserRegistry> {
  const users = new Map<UserId, User>();
  const byKey = new Map<string, string>();
  const bySkeleton = new Map<string, string>();
  const registering = new Map<UserId, { readonly name: string; readonly done: Promise<User> }>();
  const unsaved = new Set<UserId>();
  let cancelSave: (() => void) | undefined;

  for (const user of await deps.store.load()) {
    users.set(user.id, user);
    claim(user.name);
  }

  function claim(name: string): void {
    byKey.set(toNameKey(name), name);
    bySkeleton.set(toNameSkeleton(name), name);
  }

  function release(name: string): void {
    byKey.delete(toNameKey(name));
    bySkeleton.delete(toNameSkeleton(name));
  }

  function checkFree(text: string): string {
    const name = parseUserName(text);
    const taken = byKey.get(toNameKey(name));
    if (taken !== undefined) throw new EnxameError('name-taken', { name: taken });
    const similar = bySkeleton.get(toNameSkeleton(name));
    if (similar !== undefined) throw new EnxameError('name-look-alike', { name: similar });
    if (deps.isBlocked?.(name)) throw new EnxameError('name-blocked', { name });
    return name;
  }

  async function store(user: User): Promise<User> {
    try {
      await deps.store.put([user]);
    } catch (error) {
      release(user.name);
      throw error;
    } finally {
      registering.delete(user.id);
    }
    users.set(user.id, user);
    return user;
  }

  async function saveSeen(): Promise<void> {
    cancelSave?.();
    cancelSave = undefined;
    const changed = [...unsaved].flatMap((userId) => users.get(userId) ?? []);
    if (changed.length === 0) return;
    unsaved.clear();
    try {
      await deps.store.put(changed);
    } catch (error) {
      for (const { id } of changed) unsaved.add(id);
      deps.onLateFailure(error);
    }
  }

  return {
    get: (userId) => users.get(userId),
    values: () => users.values(),
    get size() {
      return users.size;
    },
    check: checkFree,
    register: async (userId, userKey, text) => {
      const known = users.get(userId) ?? registering.get(userId);
      if (known) {
        if (toNameKey(parseUserName(text)) !== toNameKey(known.name)) {
          throw new EnxameError('already-registered', { name: known.name });
        }
        return 'done' in known ? known.done : known;
      }
      // From the check to the claim nothing else runs: of two who ask for one name, one gets it.
      const name = checkFree(text);
      claim(name);
      const done = store({ id: userId, name, userKey, registeredAt: deps.clock.now(), lastSeenAt: null });
      registering.set(userId, { name, done });
      return done;
    },
    remove: async (userId) => {
      const user = users.get(userId);
      if (!user) return;
      await deps.store.remove([userId]);
      users.delete(userId);
      unsaved.delete(userId);
      release(user.name);
    },
    seen: (userId) => {
      const user = users.get(userId);
      if (!user) return;
      users.set(userId, { ...user, lastSeenAt: deps.clock.now() });
      unsaved.add(userId);
      cancelSave ??= deps.clock.after(lastSeenDelayMs, () => void saveSeen());
    },
    close: saveSeen,
  };
}
