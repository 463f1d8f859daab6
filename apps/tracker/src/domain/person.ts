import type { UserId } from '@enxame/shared/ids';
import type { Person } from '@enxame/shared/tracker/person';
import { foldText, toSortKey } from './search-text.js';
import type { User } from './user.js';

/** A user as the lists see one. Owned by the people list, which alone changes it; entries point to their owner. */
export interface PersonRecord {
  readonly id: UserId;
  readonly name: string;
  readonly searchText: string;
  readonly sortKey: string;
  online: boolean;
  lastSeenAt: number | null;
  /** How many entries the person has in the catalogue. */
  entryCount: number;
}

export function createPersonRecord(user: User): PersonRecord {
  return {
    id: user.id,
    name: user.name,
    searchText: foldText(user.name),
    sortKey: toSortKey(user.name),
    online: false,
    lastSeenAt: user.lastSeenAt,
    entryCount: 0,
  };
}

export function toPerson(record: PersonRecord): Person {
  return {
    id: record.id,
    name: record.name,
    online: record.online,
    lastSeenAt: record.online ? null : record.lastSeenAt,
    entries: record.entryCount,
  };
}
