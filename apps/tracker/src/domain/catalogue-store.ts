import type { EntryId, UserId } from '@enxame/shared/ids';
import type { EntryColumns } from './entry-columns.js';
import type { StoredEntry } from './stored-entry.js';

/** What one write changes in one user's catalogue. An id is in one of the two at most. */
export interface CatalogueChange {
  readonly put: readonly StoredEntry[];
  readonly remove: readonly EntryId[];
  /** How much of what was written before and of this counts no more: an entry put again 1, one removed 2. */
  readonly outdated: number;
}

export interface ReadColumns {
  readonly userId: UserId;
  /** Those for everybody. */
  readonly columns: EntryColumns;
  /** Those for chosen people. */
  readonly restricted: readonly StoredEntry[];
}

/** Where catalogues rest. Each implementation passes the same contract suite (catalogue-store-contract.ts). */
export interface CatalogueStore {
  /** Makes the place ready, also from what an earlier version left; called once, before anything else. */
  open(): Promise<void>;
  /** What one user's catalogue holds. Also of users who are not known (any more). */
  read(userId: UserId): Promise<readonly StoredEntry[]>;
  /** The same of many users, one after the other, ready to be put into the index: at the start. */
  readAll(userIds: readonly UserId[]): AsyncIterable<ReadColumns>;
  /**
   * The whole change or nothing of it. On disk when it resolves. When it rejects, later calls build on what was there
   * before.
   */
  commit(userId: UserId, change: CatalogueChange): Promise<void>;
  /** Nothing of this user's catalogue is left, nor of what it was. Twice without harm. */
  forget(userId: UserId): Promise<void>;
  /** Waits for what is under way. Twice without harm. */
  close(): Promise<void>;
}
