import { join } from 'node:path';
import { userIdSchema, type TrackerId, type UserId } from '@enxame/shared/ids';
import { openJournal } from '@enxame/storage/journal';
import type { OnBroken } from '@enxame/storage/json-document';
import { z } from 'zod';

const pinSchema = z.object({ userId: userIdSchema, firstSeenAt: z.int() });

/** The user key that each name had when this device first met it. A tracker that swaps keys is noticed. */
export interface KeyPins {
  /** True when the name has no other key; the first sight is remembered. */
  check(trackerId: TrackerId, userName: string, userId: UserId): Promise<boolean>;
  close(): Promise<void>;
}

export async function openKeyPins(dataFolder: string, onBroken: OnBroken, now: () => number): Promise<KeyPins> {
  const pins = await openJournal(join(dataFolder, 'people.jsonl'), pinSchema, onBroken, now);
  return {
    check: async (trackerId, userName, userId) => {
      const key = `${trackerId} ${userName}`;
      const pin = pins.get(key);
      if (pin) return pin.userId === userId;
      await pins.set(key, { userId, firstSeenAt: now() });
      return true;
    },
    close: () => pins.close(),
  };
}
