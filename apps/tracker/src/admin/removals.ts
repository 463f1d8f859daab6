import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, UserId } from '@enxame/shared/ids';
import { maxRemovals, maxRemovalsShown, type RemovedEntry, type Removal } from '@enxame/shared/tracker/admin';
import { addRecord } from '../domain/records.js';
import { keyOf, recordOf, recordsOf, type AdminRecords } from './admin-records.js';

/** What administrators took away, and from whom: it does not come back by being announced again. */
export interface Removals {
  /** Why this person may not announce this content; undefined when they may. */
  refusal(userId: UserId, contentId: ContentId, name: string): EnxameError | undefined;
  add(removal: Removal): Promise<void>;
  /** The latest last. */
  list(): Removal[];
  /** What is not there is passed over. */
  restore(id: string): Promise<Removal | undefined>;
  /** What this person has not been told yet, the oldest first. */
  untold(userId: UserId): RemovedEntry[];
  /** Only what is this person's counts. */
  dismiss(userId: UserId, ids: readonly string[]): Promise<void>;
  forgetUser(userId: UserId): Promise<void>;
}

export function createRemovals(records: AdminRecords): Removals {
  const reasons = new Map<string, string>();
  const untoldOf = new Map<UserId, Map<string, Removal>>();
  const pairOf = (userId: UserId, contentId: ContentId): string => `${userId} ${contentId}`;

  for (const { removal, isTold } of recordsOf(records, 'removal')) index(removal, isTold);

  function index(removal: Removal, isTold: boolean): void {
    reasons.set(pairOf(removal.owner.id, removal.contentId), removal.reason);
    if (isTold) return;
    const untold = untoldOf.get(removal.owner.id) ?? new Map<string, Removal>();
    untoldOf.set(removal.owner.id, untold.set(removal.id, removal));
  }

  function told({ id, owner }: Removal): void {
    const untold = untoldOf.get(owner.id);
    if (untold?.delete(id) && untold.size === 0) untoldOf.delete(owner.id);
  }

  async function forget(removal: Removal): Promise<void> {
    await records.delete(keyOf('removal', removal.id));
    reasons.delete(pairOf(removal.owner.id, removal.contentId));
    told(removal);
  }

  const list = (): Removal[] => recordsOf(records, 'removal').map(({ removal }) => removal);

  return {
    refusal: (userId, contentId, name) => {
      const reason = reasons.get(pairOf(userId, contentId));
      return reason === undefined ? undefined : new EnxameError('entry-removed', { name, ...(reason && { reason }) });
    },
    add: async (removal) => {
      const all = list();
      if (all.length >= maxRemovals && all[0]) await forget(all[0]);
      await addRecord(records, keyOf('removal', removal.id), { kind: 'removal', removal, isTold: false });
      index(removal, false);
    },
    list,
    restore: async (id) => {
      const removal = recordOf(records, 'removal', id)?.removal;
      if (removal) await forget(removal);
      return removal;
    },
    untold: (userId) =>
      [...(untoldOf.get(userId)?.values() ?? [])]
        .slice(0, maxRemovalsShown)
        .map(({ by: _by, owner: _owner, ...removed }) => removed),
    dismiss: async (userId, ids) => {
      for (const id of ids) {
        const removal = untoldOf.get(userId)?.get(id);
        if (!removal) continue;
        await records.set(keyOf('removal', id), { kind: 'removal', removal, isTold: true });
        told(removal);
      }
    },
    forgetUser: async (userId) => {
      for (const removal of list()) if (removal.owner.id === userId) await forget(removal);
    },
  };
}
