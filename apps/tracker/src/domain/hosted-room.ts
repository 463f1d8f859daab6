import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { UserId } from '@enxame/shared/ids';

/** What people may keep on the tracker, in bytes. */
export interface HostedQuotas {
  readonly ofUser: (userId: UserId) => number;
  readonly inAll: () => number;
  /** Of that, what is kept for nobody. */
  readonly forCache: () => number;
}

/** Room that was promised to something that is still coming. */
export interface Reservation {
  /** There will be so many bytes in all. Throws `quota-exceeded`; what was promised before stays. */
  ensure(bytes: number): Promise<void>;
  /** Twice without harm. */
  release(): void;
}

/**
 * Counts what is promised beside what is there, so that two uploads at once do not both take the last room.
 * `usedBy`, `usedInAll`: what is there. `makeRoom`: takes caches away until so many bytes are free, or as many as it can.
 */
export function createHostedRoom(deps: {
  readonly quotas: HostedQuotas;
  readonly usedBy: (userId: UserId) => number;
  readonly usedInAll: () => number;
  readonly makeRoom: (bytes: number) => Promise<void>;
}) {
  const promised = new Map<UserId, number>();
  let promisedInAll = 0;

  function add(userId: UserId, bytes: number): void {
    promisedInAll += bytes;
    const next = (promised.get(userId) ?? 0) + bytes;
    if (next > 0) promised.set(userId, next);
    else promised.delete(userId);
  }

  const leftOf = (userId: UserId): number =>
    deps.quotas.ofUser(userId) - deps.usedBy(userId) - (promised.get(userId) ?? 0);
  const leftInAll = (): number => deps.quotas.inAll() - deps.usedInAll() - promisedInAll;

  return {
    /** What this person could still bring, caches not counted. */
    leftOf,
    leftInAll,
    reserve: (userId: UserId): Reservation => {
      let mine = 0;
      let isReleased = false;
      const giveBack = (bytes: number): void => {
        if (!isReleased) add(userId, -bytes);
      };
      return {
        ensure: async (bytes) => {
          const more = bytes - mine;
          if (more <= 0 || isReleased) return;
          if (more > leftOf(userId)) throw new EnxameError('quota-exceeded');
          add(userId, more); // before anything else runs
          mine += more;
          if (leftInAll() < 0) await deps.makeRoom(-leftInAll());
          if (leftInAll() >= 0) return;
          giveBack(more);
          mine -= more;
          throw new EnxameError('quota-exceeded');
        },
        release: () => {
          giveBack(mine);
          isReleased = true;
        },
      };
    },
  };
}
export type HostedRoom = ReturnType<typeof createHostedRoom>;
