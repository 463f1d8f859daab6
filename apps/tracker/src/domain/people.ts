import type { UserId } from '@enxame/shared/ids';
import type { Person } from '@enxame/shared/tracker/person';
import { maxPeopleShown } from '@enxame/shared/tracker/requests';
import type { Clock } from './clock.js';
import { createGather } from './gather.js';
import { createPersonRecord, toPerson, type PersonRecord } from './person.js';
import { compareText } from './search-text.js';
import type { PushAll, Session } from './session.js';
import { SortedList } from './sorted-list.js';
import type { User } from './user.js';

/** Longer than the tick of the lists: each push holds the whole page. */
export const peopleTickMs = 250;
/** What the pushes of all watchers together may take; more watchers are told less often. */
export const peopleBytesPerSecond = 20_000_000;

export interface PeoplePage {
  readonly total: number;
  readonly people: Person[];
}

/** The people of the network, those online first, and who watches them. Owns the person records. */
export interface People {
  get(userId: UserId): PersonRecord | undefined;
  add(user: User): PersonRecord;
  /** What is not there is passed over. */
  remove(userId: UserId): void;
  setOnline(userId: UserId, online: boolean): void;
  setEntryCount(userId: UserId, entryCount: number): void;
  page(): PeoplePage;
  watch(session: Session): PeoplePage;
  closeSession(session: Session): void;
  close(): void;
}

export function createPeople(clock: Clock, pushAll: PushAll): People {
  const records = new Map<UserId, PersonRecord>();
  const ordered = new SortedList(comparePeople);
  const watchers = new Set<Session>();
  let shown = '';
  let restMs = 0;
  const changes = createGather(clock, peopleTickMs, push, () => restMs);

  function page(): PeoplePage {
    return { total: records.size, people: ordered.slice(0, maxPeopleShown).map(toPerson) };
  }

  function push(): void {
    restMs = 0;
    if (watchers.size === 0) return;
    const now = page();
    const text = JSON.stringify(now);
    if (text === shown) return;
    shown = text;
    pushAll(watchers, 'people:changed', now);
    restMs = ((text.length * watchers.size) / peopleBytesPerSecond) * 1000;
  }

  return {
    get: (userId) => records.get(userId),
    add: (user) => {
      const record = createPersonRecord(user);
      records.set(user.id, record);
      ordered.insert(record);
      changes.mark();
      return record;
    },
    remove: (userId) => {
      const record = records.get(userId);
      if (!record) return;
      ordered.delete(record);
      records.delete(userId);
      changes.mark();
    },
    setOnline: (userId, online) => {
      const record = records.get(userId);
      if (!record || record.online === online) return;
      ordered.delete(record);
      record.online = online;
      if (!online) record.lastSeenAt = clock.now();
      ordered.insert(record);
      changes.mark();
    },
    setEntryCount: (userId, entryCount) => {
      const record = records.get(userId);
      if (!record || record.entryCount === entryCount) return;
      record.entryCount = entryCount;
      changes.mark();
    },
    page,
    watch: (session) => {
      // Those who watch already get what this one is about to see, so that one comparison serves all.
      changes.flush();
      watchers.add(session);
      const now = page();
      shown = JSON.stringify(now);
      return now;
    },
    closeSession: (session) => {
      watchers.delete(session);
    },
    close: () => {
      changes.close();
    },
  };
}

function comparePeople(left: PersonRecord, right: PersonRecord): number {
  return (
    Number(right.online) - Number(left.online) ||
    compareText(left.sortKey, right.sortKey) ||
    compareText(left.id, right.id)
  );
}
