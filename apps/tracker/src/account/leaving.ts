import type { UserId } from '@enxame/shared/ids';
import { keyOf, recordsOf, type AdminRecordOf } from '../admin/admin-records.js';
import type { Administration } from '../admin/administration.js';
import type { Network } from '../domain/network.js';
import type { Session } from '../domain/session.js';
import type { PersonalData } from './personal-data.js';

const dayMs = 86_400_000;

/** How people leave, with all that is held of them. (T120 to T123) */
export interface Leaving {
  /**
   * Everything of this person goes. That it has begun is on disk first: where a crash cuts it off, it goes on at the next
   * start. `except`: a session that is ended by whoever called. Resolves to until when nobody may take the name.
   */
  leave(userId: UserId, except: Session): Promise<number>;
  /** Ends what a crash cut off. */
  resume(): Promise<void>;
}

export function createLeaving(deps: {
  readonly administration: Administration;
  readonly network: Pick<Network, 'users' | 'presence' | 'forgetUser'>;
  readonly data: readonly PersonalData[];
  readonly now: () => number;
}): Leaving {
  const { administration, network } = deps;
  const { records, audit } = administration;

  async function finish({ userId, name, until }: AdminRecordOf<'leaving'>): Promise<void> {
    for (const part of deps.data) await part.forgetUser(userId);
    await network.forgetUser(userId);
    if (until > deps.now()) await records.set(keyOf('blocked-name', name), { kind: 'blocked-name', name, until });
    await audit.add({ userId, name }, 'leave', name);
    await records.delete(keyOf('leaving', userId));
  }

  return {
    leave: async (userId, except) => {
      const user = network.users.get(userId);
      if (!user) return deps.now(); // of two who ask at once, the other one did
      const until = deps.now() + administration.settings.nameBlockedDays * dayMs;
      const leaving = { kind: 'leaving', userId, name: user.name, until } as const;
      await records.set(keyOf('leaving', userId), leaving);
      for (const session of [...network.presence.sessions()]) {
        if (session.user.id === userId && session !== except) session.end();
      }
      await finish(leaving);
      return until;
    },
    resume: async () => {
      for (const leaving of recordsOf(records, 'leaving')) await finish(leaving);
      for (const { name, until } of recordsOf(records, 'blocked-name')) {
        if (until <= deps.now()) await records.delete(keyOf('blocked-name', name));
      }
    },
  };
}
