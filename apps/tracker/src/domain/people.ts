import type { UserId } from '@enxame/shared/ids';
import type { Person } from '@enxame/shared/tracker/person';
import { maxPeopleShown } from '@enxame/shared/tracker/requests';
import type { Clock } from './clock.js';
import { createGather } from './gather.js';
import { markKnown, toJsonText } from './known-texts.js';
import { createPersonRecord, toPerson, type PersonRecord } from './person.js';
import type { Rush } from './rush.js';
import { compareText } from './search-text.js';
import type { PushAll, Session } from './session.js';
import { SortedList } from './sorted-list.js';
import type { Turns } from './turns.js';
import type { User } from './user.js';

/** Longer than the tick of the lists: each push holds the whole page. */
export const peopleTickMs = 250;
/** What the pushes of all watchers together may take; more watchers are told less often. */
export const peopleBytesPerSecond = 20_000_000;
/** So much less while others wait to get in: each of them makes the page another one. */
const rushFactor = 5;
/** And what goes out between two looks at the sockets: to encrypt this much takes some milliseconds. */
const partBytes = 1_000_000;

/** Never changed: the next one is another. */
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
  /** As this person may know of it; without one, as everybody does. */
  page(reader?: UserId): PeoplePage;
  /** What these people may see, and others may not, is another. */
  markChanged(): void;
  watch(session: Session): PeoplePage;
  closeSession(session: Session): void;
  close(): void;
}

/** How many entries of each owner a person may see that others may not; undefined of who sees what everybody does. */
export type OwnCounts = (reader: UserId) => ReadonlyMap<UserId, number> | undefined;

export function createPeople(
  clock: Clock,
  pushAll: PushAll,
  deps: {
    readonly turns: Turns;
    readonly rush: Rush;
    readonly ownCounts: OwnCounts;
    readonly onInternal: (error: unknown) => void;
  },
): People {
  const { turns, ownCounts, onInternal } = deps;
  const records = new Map<UserId, PersonRecord>();
  const ordered = new SortedList(comparePeople);
  const watchers = new Set<Session>();
  /** How each is shown, until that changes. */
  const shownOf = new Map<PersonRecord, Person>();
  /** What everybody may see, until that changes. */
  let openPage: PeoplePage | undefined;
  /** Of the page. `told`: the one that all who watch hold, or are being told. */
  let [version, told] = [0, 0];
  /** The page of `told`, where it is known. */
  let shown = '';
  /** What those were told last who are told something else than the others. */
  const shownTo = new Map<Session, string>();
  let restMs = 0;
  let isTelling = false;
  let isClosed = false;
  const changes = createGather(clock, peopleTickMs, push, () => restMs);

  function show(record: PersonRecord): Person {
    let person = shownOf.get(record);
    if (!person) {
      person = markKnown(toPerson(record));
      shownOf.set(record, person);
    }
    return person;
  }

  function page(reader?: UserId): PeoplePage {
    openPage ??= markKnown({ total: records.size, people: ordered.slice(0, maxPeopleShown).map(show) });
    const { people } = openPage;
    const own = reader === undefined ? undefined : ownCounts(reader);
    if (!own) return openPage;
    const counted = people.map((person) => ({ ...person, entries: person.entries + (own.get(person.id) ?? 0) }));
    return { total: records.size, people: counted };
  }

  const isReader = (session: Session): boolean => ownCounts(session.user.id) !== undefined;

  /** Those who are told something else than the others, or were: each of them by itself, for they are few. */
  function tellReaders(): void {
    for (const session of watchers) {
      const isOwn = isReader(session);
      if (!isOwn && !shownTo.has(session)) continue;
      const own = page(session.user.id);
      const text = JSON.stringify(own);
      if (text !== shownTo.get(session)) session.push('people:changed', own);
      if (isOwn) shownTo.set(session, text);
      else shownTo.delete(session);
    }
  }

  function markChanged(record?: PersonRecord): void {
    if (record) shownOf.delete(record);
    openPage = undefined;
    version++;
    changes.mark();
  }

  function push(): void {
    restMs = 0;
    if (watchers.size === 0 || isTelling || told === version) return;
    tellReaders();
    const text = toJsonText(page());
    told = version;
    if (text === shown) return;
    shown = text;
    restMs = ((text.length * watchers.size) / peopleBytesPerSecond) * 1000 * (deps.rush.isOn() ? rushFactor : 1);
    void tellAll(text.length).catch(onInternal);
  }

  /** In parts, each with the page as it is by then: nobody is told an older one than the reply to `watch`. */
  async function tellAll(pageBytes: number): Promise<void> {
    const perPart = Math.max(1, Math.floor(partBytes / pageBytes));
    const toTell = [...watchers];
    const turn = turns.begin();
    isTelling = true;
    try {
      for (let start = 0; start < toTell.length && !isClosed; start += perPart) {
        if (start > 0) await turn.next();
        const part = toTell
          .slice(start, start + perPart)
          .filter((session) => watchers.has(session) && !isReader(session));
        pushAll(part, 'people:changed', page());
      }
    } finally {
      isTelling = false;
    }
    if (told === version) return;
    shown = '';
    changes.mark();
  }

  return {
    get: (userId) => records.get(userId),
    add: (user) => {
      const record = createPersonRecord(user);
      records.set(user.id, record);
      ordered.insert(record);
      markChanged();
      return record;
    },
    remove: (userId) => {
      const record = records.get(userId);
      if (!record) return;
      ordered.delete(record);
      records.delete(userId);
      markChanged(record);
    },
    setOnline: (userId, online) => {
      const record = records.get(userId);
      if (!record || record.online === online) return;
      ordered.delete(record);
      record.online = online;
      if (!online) record.lastSeenAt = clock.now();
      ordered.insert(record);
      markChanged(record);
    },
    setEntryCount: (userId, entryCount) => {
      const record = records.get(userId);
      if (!record || record.entryCount === entryCount) return;
      record.entryCount = entryCount;
      markChanged(record);
    },
    page,
    markChanged: () => {
      markChanged();
    },
    watch: (session) => {
      // This one may see more than the others, who wait for their tick: told at once for each that comes, thousands who
      // come back together would be told millions of times. At that tick all are told.
      if (watchers.size === 0) told = version;
      if (watchers.size === 0 || told !== version) shown = '';
      watchers.add(session);
      const now = page(session.user.id);
      if (isReader(session)) shownTo.set(session, JSON.stringify(now));
      return now;
    },
    closeSession: (session) => {
      watchers.delete(session);
      shownTo.delete(session);
    },
    close: () => {
      isClosed = true;
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
