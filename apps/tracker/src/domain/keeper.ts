import type { ContentId } from '@enxame/shared/ids';
import type { Source } from '@enxame/shared/tracker/person';

/** The tracker as a source of what it hosts. It has no session and no addresses: it is where the tracker is. */
export interface Keeper {
  readonly source: Source;
  has(contentId: ContentId): boolean;
}
