import type { ContentId } from '@enxame/shared/ids';
import type { DownloadRecord } from './download-record.js';
import { noCodeFeeds, type SourceFeed } from './source-feed.js';
import { createSourceFinder, type SourceFinderDeps } from './source-finder.js';

/** The sources of a content, by the door that it comes by: what comes by a code is told to no tracker. */
export function openSourceFeed(
  wanted: { readonly contentId: ContentId; readonly door: DownloadRecord['door'] },
  deps: SourceFinderDeps,
  onChange: () => void,
): SourceFeed {
  if (wanted.door === 'code') return (deps.codeFeeds ?? noCodeFeeds).open(wanted.contentId, onChange);
  return createSourceFinder(wanted.contentId, deps, onChange);
}
