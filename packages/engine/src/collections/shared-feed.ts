import type { ContentId } from '@enxame/shared/ids';
import type { DownloadRecord } from '../transfers/download-record.js';
import { openSourceFeed } from '../transfers/open-source-feed.js';
import type { SourceFinderDeps } from '../transfers/source-finder.js';
import type { SourceFeed } from '../transfers/source-feed.js';

/** The sources of a collection, which are the sources of everything in it. Owns the one watch of the tracker. */
export interface SharedFeed {
  /** For the collection itself. */
  readonly openOwn: (onChange: () => void) => SourceFeed;
  /** For a file in it: the same sources, by the collection's ticket. */
  readonly openMember: (onChange: () => void) => SourceFeed;
  close(): void;
}

export function createSharedFeed(
  wanted: { readonly contentId: ContentId; readonly door: DownloadRecord['door'] },
  deps: SourceFinderDeps,
): SharedFeed {
  const collectionId = wanted.contentId;
  const listeners = new Set<() => void>();
  const finder = openSourceFeed(wanted, deps, () => {
    for (const listener of [...listeners]) listener();
  });

  function open(onChange: () => void, isMember: boolean): SourceFeed {
    listeners.add(onChange);
    return {
      get sources() {
        return finder.sources;
      },
      get authority() {
        const { authority } = finder;
        return authority && isMember ? { ...authority, collectionId } : authority;
      },
      get error() {
        return finder.error;
      },
      isStale: (now) => finder.isStale(now),
      refresh: () => finder.refresh(),
      close: () => {
        listeners.delete(onChange);
      },
    };
  }

  return {
    openOwn: (onChange) => open(onChange, false),
    openMember: (onChange) => open(onChange, true),
    close: () => {
      finder.close();
    },
  };
}
