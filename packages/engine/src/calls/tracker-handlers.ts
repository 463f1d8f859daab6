import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import type { trackerCalls } from '@enxame/shared/engine/tracker-calls';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { TrackerBook } from '../tracker/tracker-book.js';

export function createTrackerHandlers(
  book: Pick<TrackerBook, 'current' | 'pins' | 'forget'>,
): Pick<EngineHandlers, keyof typeof trackerCalls> {
  return {
    'trackers:list': () => ({
      trackers: book.pins.map(({ url, trackerId, name, words, user }) => ({
        url,
        trackerId,
        name,
        words,
        registeredAs: user?.name ?? null,
        inUse: trackerId === book.current?.trackerId,
      })),
    }),
    'tracker:forget': async ({ trackerId }) => {
      if (trackerId === book.current?.trackerId) throw new EnxameError('bad-request');
      await book.forget(trackerId);
      return {};
    },
  };
}
