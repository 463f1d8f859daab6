import type { ContentId, EntryId } from '@enxame/shared/ids';
import type { PersonRecord } from './person.js';

/** Told of what the lists of the catalogue do not tell by themselves. */
export interface CatalogueListener {
  /** Entries came, went or changed. */
  entriesChanged(owner: PersonRecord): void;
  /** An entry is there that was not, or has another name now. */
  entryCame(id: EntryId): void;
  /** Entries of these contents came, went or changed. */
  contentsTouched(contentIds: Iterable<ContentId>): void;
  /** These rows look different where they are. */
  rowsTouched(rows: Iterable<number>): void;
  /** A device became a source of a content, or ceased to be one. */
  sourcesChanged(contentId: ContentId): void;
}
