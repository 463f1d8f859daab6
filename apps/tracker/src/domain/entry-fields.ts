import { fromBase32 } from '@enxame/shared/content/base32';
import { toContentType } from '@enxame/shared/content/content-type';
import type { DeviceId } from '@enxame/shared/ids';
import type { CollectionSummary } from '@enxame/shared/tracker/entry';
import { typeNumbers } from './entry-page.js';
import { fromHex } from './hex-bytes.js';
import { toSortKey } from './search-text.js';
import type { StoredEntry } from './stored-entry.js';

/** An entry as the table keeps it: ids as bytes, and what is worked out from the name. */
export interface EntryFields {
  readonly id: Uint8Array;
  readonly contentId: Uint8Array;
  readonly sha256: Uint8Array | undefined;
  readonly name: string;
  readonly sortKey: string;
  readonly size: number;
  readonly addedAt: number;
  /** Index in `contentTypes`. */
  readonly type: number;
  readonly collection: CollectionSummary | undefined;
  readonly devices: readonly DeviceId[];
}

export function toEntryFields(entry: StoredEntry): EntryFields {
  const { id, contentId, sha256, name, size, addedAt, collection, devices } = entry;
  return {
    id: fromBase32(id),
    contentId: fromBase32(contentId),
    sha256: sha256 === null ? undefined : fromHex(sha256),
    name,
    sortKey: toSortKey(name),
    size,
    addedAt,
    type: typeNumbers.get(collection ? 'folder' : toContentType(name)) ?? 0,
    collection,
    devices,
  };
}
