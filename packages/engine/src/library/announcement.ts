import type { AnnouncedEntry } from '@enxame/shared/tracker/entry';
import type { EntryId } from '@enxame/shared/ids';
import type { Shares } from './shares.js';

/**
 * What the tracker should know of a share: an entry; nothing (`absent`); or, while its file is read again, what it
 * knows already (`unsettled`).
 */
export type Wanted = AnnouncedEntry | 'absent' | 'unsettled';

export function wantedAt(shares: Shares, id: EntryId): Wanted {
  const record = shares.record(id);
  const state = shares.exception(id)?.state;
  if (!record || state === 'broken') return 'absent';
  if (state === 'hashing' || record.contentId === null) return 'unsettled';
  const { contentId, name, size, sha256, addedAt, collection } = record;
  const audience = shares.readersOf(record);
  return {
    id,
    contentId,
    name,
    size,
    sha256,
    addedAt,
    ...(collection && { collection }),
    ...(audience && { audience: [...audience] }),
  };
}

/** Whether the tracker, which has an entry of that id or not, must be told something. */
export function needsTelling(shares: Shares, id: EntryId, isKnown: boolean): boolean {
  const wanted = wantedAt(shares, id);
  if (typeof wanted === 'string') return isKnown;
  return !shares.isAnnounced(id) && shares.exception(id)?.state !== 'refused';
}
