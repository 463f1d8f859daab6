import type { EntryId, UserId } from '@enxame/shared/ids';
import type { StoredEntry } from './stored-entry.js';

/** What one write changes in one user's catalogue. An id is in one of the two at most. */
export interface CatalogueChange {
  readonly put: readonly StoredEntry[];
  readonly remove: readonly EntryId[];
}

/** Where catalogues rest. Each implementation passes the same contract suite (catalogue-store-contract.ts). */
export interface CatalogueStore {
  /** All catalogues, those of users that are not known (any more) too; called once, before anything else. */
  load(): Promise<ReadonlyMap<UserId, readonly StoredEntry[]>>;
  /**
   * The whole change or nothing of it. On disk when it resolves. When it rejects, later calls build on what was there
   * before.
   */
  commit(userId: UserId, change: CatalogueChange): Promise<void>;
  /** Waits for what is under way. Twice without harm. */
  close(): Promise<void>;
}
