import type { ContentId } from '@enxame/shared/ids';
import type { Logger } from 'pino';
import type { Library } from '../library/library.js';
import type { Timers } from '../library/timers.js';
import type { TrackerLink } from '../tracker/tracker-session.js';
import type { PartContents } from './part-contents.js';
import { createSourceOffers, type HeldState, type SourceOffers } from './source-offers.js';

/** Offers what this device received, and what it is fetching; what it shares, the tracker knows from the entries. */
export function createLibraryOffers(deps: {
  readonly link: TrackerLink;
  readonly library: Pick<Library, 'contents'>;
  readonly parts: Pick<PartContents, 'isOffered' | 'ids'>;
  readonly timers: Timers;
  readonly logger: Logger;
}): SourceOffers {
  const { contents } = deps.library;

  function stateOf(contentId: ContentId): HeldState {
    const record = contents.get(contentId);
    // What is shared the tracker knows from its entry; what came or goes by a code alone it is not told.
    if (record && contents.isHeldAs(contentId, 'share')) return undefined;
    if (record && contents.isHeldAs(contentId, 'download')) return 'complete';
    return deps.parts.isOffered(contentId) ? 'part' : undefined;
  }

  function* all(): Iterable<ContentId> {
    yield* deps.parts.ids();
    for (const { contentId, heldAs } of contents.values()) if (heldAs.includes('download')) yield contentId;
  }

  const offers = createSourceOffers({ ...deps, stateOf, all });
  const stop = contents.onBroken(({ contentId }) => {
    offers.changed(contentId);
  });
  return {
    changed: offers.changed,
    close: () => {
      stop();
      offers.close();
    },
  };
}
