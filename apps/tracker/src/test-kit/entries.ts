import { randomBytes } from 'node:crypto';
import { toBase32 } from '@enxame/shared/content/base32';
import { contentIdSchema, entryIdSchema, type ContentId } from '@enxame/shared/ids';
import type { AnnouncedEntry } from '@enxame/shared/tracker/entry';

export const createContentId = (): ContentId => contentIdSchema.parse(toBase32(randomBytes(32)));

/** An entry that a device could announce; each call makes another one. */
export function createEntry(given: Partial<AnnouncedEntry> = {}): AnnouncedEntry {
  return {
    id: entryIdSchema.parse(toBase32(randomBytes(16))),
    contentId: createContentId(),
    name: 'a file.txt',
    size: 1000,
    sha256: null,
    addedAt: 1_700_000_000_000,
    ...given,
  };
}
