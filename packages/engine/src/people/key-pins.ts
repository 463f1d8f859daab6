import { join } from 'node:path';
import { toNameKey } from '@enxame/shared/identity/user-name';
import { userIdSchema, type TrackerId, type UserId } from '@enxame/shared/ids';
import { openJournal } from '@enxame/storage/journal';
import type { OnBroken } from '@enxame/storage/json-document';
import { z } from 'zod';

const pinSchema = z.object({ userId: userIdSchema, firstSeenAt: z.int() });

/** The user key that each name had when this device first met it. A tracker that swaps keys is noticed. */
export interface KeyPins {
  /** What is known of the name's key, without remembering anything. */
  readonly look: (trackerId: TrackerId, userName: string, userId: UserId) => 'new' | 'same' | 'other';
  /** From now on this is the key of the name: people compared it. */
  readonly replace: (trackerId: TrackerId, userName: string, userId: UserId) => Promise<void>;
  /** True when the name has no other key; the first sight is remembered. */
  readonly check: (trackerId: TrackerId, userName: string, userId: UserId) => Promise<boolean>;
  close(): Promise<void>;
}

/** `onOtherKey` is told once of each key that a name has and should not. */
export async function openKeyPins(
  dataFolder: string,
  deps: {
    readonly onBroken: OnBroken;
    readonly onOtherKey: (userName: string) => void;
    readonly now: () => number;
  },
): Promise<KeyPins> {
  const pins = await openJournal(join(dataFolder, 'people.jsonl'), pinSchema, deps.onBroken, deps.now);
  const told = new Set<string>();
  // As the tracker compares names: "ana" with another key than "Ana" is no newcomer.
  const keyOf = (trackerId: TrackerId, userName: string): string => `${trackerId} ${toNameKey(userName)}`;
  return {
    look: (trackerId, userName, userId) => {
      const pin = pins.get(keyOf(trackerId, userName));
      return pin ? (pin.userId === userId ? 'same' : 'other') : 'new';
    },
    replace: (trackerId, userName, userId) => pins.set(keyOf(trackerId, userName), { userId, firstSeenAt: deps.now() }),
    check: async (trackerId, userName, userId) => {
      const key = keyOf(trackerId, userName);
      const pin = pins.get(key);
      if (!pin) {
        await pins.set(key, { userId, firstSeenAt: deps.now() });
        return true;
      }
      if (pin.userId === userId) return true;
      const other = `${key} ${userId}`;
      if (!told.has(other)) deps.onOtherKey(userName);
      told.add(other);
      return false;
    },
    close: () => pins.close(),
  };
}
