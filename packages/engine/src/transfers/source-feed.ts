import type { ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import type { Source } from '@enxame/shared/tracker/person';
import type { Authority } from '../peer/authority.js';

/**
 * Where the sources of a content come from: the tracker (source-finder.ts), or whatever else knows some. Several
 * fetches may share one feed: the members of a collection have the sources and the ticket of the collection.
 */
export interface SourceFeed {
  /** Those whose device was proven to be its user's. The last known ones while there is no tracker. */
  readonly sources: readonly Source[];
  /** By what they may be asked; undefined until it is known. */
  readonly authority: Authority | undefined;
  /** Why there are none, if the tracker said so. */
  readonly error: ErrorInfo | undefined;
  /** The authority runs out soon: `refresh` brings a new one. `now`: milliseconds since 1970. */
  isStale(now: number): boolean;
  /** Asks again: for a new authority, or after a refusal. Throws as `sources:watch` does. */
  refresh(): Promise<void>;
  close(): void;
}

/** The sources of contents that come by codes. (codes/doors) */
export interface CodeFeeds {
  has(contentId: ContentId): boolean;
  /** One without sources when nothing is known (any more). `onChange`: there are others. */
  open(contentId: ContentId, onChange: () => void): SourceFeed;
}

export const noCodeFeeds: CodeFeeds = {
  has: () => false,
  open: () => ({
    sources: [],
    authority: undefined,
    error: { code: 'code-ended' },
    isStale: () => false,
    refresh: () => Promise.resolve(),
    close: () => undefined,
  }),
};
