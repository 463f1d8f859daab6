import type { UserId } from '@enxame/shared/ids';
import type { User } from './user.js';

/** Where users rest. Each implementation passes the same contract suite (user-store-contract.ts). */
export interface UserStore {
  /** All users; called once, before anything else. */
  load(): Promise<readonly User[]>;
  /**
   * Adds the users, or replaces those with the same id. On disk when it resolves. When it rejects, later calls build on
   * what was there before.
   */
  put(users: readonly User[]): Promise<void>;
  /** What is not there is passed over. Otherwise as `put`. */
  remove(userIds: readonly UserId[]): Promise<void>;
  /** Waits for what is under way. Twice without harm. */
  close(): Promise<void>;
}
