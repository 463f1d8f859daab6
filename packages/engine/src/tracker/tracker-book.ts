import { join } from 'node:path';
import { publicKeySchema } from '@enxame/shared/identity/grant';
import { trackerIdSchema, userIdSchema, type TrackerId, type UserId } from '@enxame/shared/ids';
import { readJsonDocument, writeJsonDocument, type OnBroken } from '@enxame/storage/json-document';
import { createSingleWriter } from '@enxame/storage/single-writer';
import { z } from 'zod';

const pinSchema = z.object({
  url: z.string(),
  trackerId: trackerIdSchema,
  key: publicKeySchema,
  name: z.string(),
  words: z.string(),
  user: z.object({ id: userIdSchema, name: z.string() }).nullable(),
});
/** A tracker that this computer joined: from the first time on, its key must be this one. */
export type TrackerPin = z.infer<typeof pinSchema>;

const documentSchema = z.object({ current: trackerIdSchema.nullable(), pins: z.array(pinSchema) });

/** The trackers that this computer knows, and the one in use. */
export interface TrackerBook {
  readonly current: TrackerPin | undefined;
  /** All of them, the last chosen one last. */
  readonly pins: readonly TrackerPin[];
  byUrl(url: string): TrackerPin | undefined;
  byId(trackerId: TrackerId): TrackerPin | undefined;
  /** Keeps the tracker, in place of what was known of its id or its address, and uses it from now on. */
  use(pin: TrackerPin): Promise<void>;
  setUser(trackerId: TrackerId, user: { id: UserId; name: string }): Promise<void>;
  /** The person left: nobody is registered there. */
  clearUser(trackerId: TrackerId): Promise<void>;
  /** No longer pinned. Not for the one in use. */
  forget(trackerId: TrackerId): Promise<void>;
}

export async function openTrackerBook(dataFolder: string, onBroken: OnBroken): Promise<TrackerBook> {
  const path = join(dataFolder, 'trackers.json');
  let document = (await readJsonDocument(path, documentSchema, onBroken)) ?? { current: null, pins: [] };
  const writer = createSingleWriter(() => writeJsonDocument(path, document));
  const byId = (trackerId: TrackerId | null): TrackerPin | undefined =>
    document.pins.find((pin) => pin.trackerId === trackerId);

  async function setUser(trackerId: TrackerId, user: TrackerPin['user']): Promise<void> {
    const pins = document.pins.map((pin) => (pin.trackerId === trackerId ? { ...pin, user } : pin));
    document = { ...document, pins };
    await writer.save();
  }

  return {
    get current() {
      return byId(document.current);
    },
    get pins() {
      return document.pins;
    },
    byUrl: (url) => document.pins.find((pin) => pin.url === url),
    byId,
    use: async (pin) => {
      const others = document.pins.filter((other) => other.trackerId !== pin.trackerId && other.url !== pin.url);
      document = { current: pin.trackerId, pins: [...others, pin] };
      await writer.save();
    },
    setUser,
    clearUser: (trackerId) => setUser(trackerId, null),
    forget: async (trackerId) => {
      document = { ...document, pins: document.pins.filter((pin) => pin.trackerId !== trackerId) };
      await writer.save();
    },
  };
}
