import type { ContentId, UserId } from '@enxame/shared/ids';
import type { HostedCopy } from '@enxame/shared/tracker/hosted';
import type { Clock } from '../domain/clock.js';
import { createGather } from '../domain/gather.js';
import type { Session } from '../domain/session.js';

/** A copy that is being fetched changes with every piece. */
const tickMs = 500;

/** Who follows his hosted copies: `hosted:changed`. */
export interface HostedWatches {
  watch(session: Session): void;
  closeSession(session: Session): void;
  /** A copy looks different to these people, or is no more theirs. */
  changed(contentId: ContentId, userIds: readonly UserId[]): void;
  close(): void;
}

export function createHostedWatches(deps: {
  readonly clock: Clock;
  readonly show: (contentId: ContentId, reader: UserId) => HostedCopy | undefined;
  readonly roomOf: (userId: UserId) => { usedBytes: number; quotaBytes: number };
}): HostedWatches {
  const sessionsOf = new Map<UserId, Set<Session>>();
  const changedFor = new Map<UserId, Set<ContentId>>();
  const changes = createGather(deps.clock, tickMs, push);

  function push(): void {
    for (const [userId, contentIds] of changedFor) {
      const upserted: HostedCopy[] = [];
      const removed: ContentId[] = [];
      for (const contentId of contentIds) {
        const copy = deps.show(contentId, userId);
        if (copy?.holders.some(({ id }) => id === userId)) upserted.push(copy);
        else removed.push(contentId);
      }
      const room = deps.roomOf(userId);
      for (const session of sessionsOf.get(userId) ?? []) session.push('hosted:changed', { upserted, removed, room });
    }
    changedFor.clear();
  }

  return {
    watch: (session) => {
      const { id } = session.user;
      sessionsOf.set(id, (sessionsOf.get(id) ?? new Set()).add(session));
    },
    closeSession: (session) => {
      const own = sessionsOf.get(session.user.id);
      own?.delete(session);
      if (own?.size === 0) sessionsOf.delete(session.user.id);
    },
    changed: (contentId, userIds) => {
      for (const userId of userIds) {
        if (!sessionsOf.has(userId)) continue;
        changedFor.set(userId, (changedFor.get(userId) ?? new Set()).add(contentId));
        changes.mark();
      }
    },
    close: () => {
      changes.close();
    },
  };
}
