import type { ErrorInfo } from '@enxame/shared/errors/enxame-error';
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
