import type { ContentId, DeviceId, UserId } from '@enxame/shared/ids';
import type { Presence } from '../presence.js';
import type { SourceOffers } from '../source-offers.js';
import type { RestrictedEntries } from './restricted-entries.js';

/** Who can serve what is for some people only, for who may know of it. (T143) */
export interface RestrictedSources {
  /** Whether any such entry that this person may see has the content; the tracker itself sees all. */
  hasContent(contentId: ContentId, reader: UserId | 'tracker'): boolean;
  /** The devices that are online and have all of it, or some. Only when `hasContent` says so. */
  sourcesOf(contentId: ContentId, reader: UserId | 'tracker', complete: boolean): Iterable<DeviceId>;
  announcedBy(deviceId: DeviceId): Iterable<ContentId>;
}

export function createRestrictedSources(deps: {
  readonly restricted: RestrictedEntries;
  readonly offers: Pick<SourceOffers, 'holders' | 'restrictedHolders'>;
  readonly presence: Pick<Presence, 'session'>;
}): RestrictedSources {
  const { restricted, offers } = deps;
  return {
    hasContent: (contentId, reader) =>
      reader === 'tracker' ? !isEmpty(restricted.ofContent(contentId)) : restricted.hasContent(contentId, reader),
    sourcesOf: function* (contentId, reader, complete) {
      yield* offers.restrictedHolders(contentId, complete);
      yield* offers.holders(contentId, complete);
      if (!complete) return;
      for (const { entry, readers } of restricted.ofContent(contentId)) {
        if (reader !== 'tracker' && !readers.has(reader)) continue;
        for (const deviceId of entry.devices) if (deps.presence.session(deviceId)) yield deviceId;
      }
    },
    announcedBy: (deviceId) => new Set(Array.from(restricted.ofDevice(deviceId), ({ entry }) => entry.contentId)),
  };
}

function isEmpty(items: Iterable<unknown>): boolean {
  for (const _item of items) return false;
  return true;
}
