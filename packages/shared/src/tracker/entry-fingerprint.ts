import type { EntryId } from '../ids.js';
import type { AnnouncedEntry } from './entry.js';

/** SHA-256 of a text in UTF-8, hex: this package has no platform. */
export type Sha256Hex = (text: string) => string;

/** Enough to tell the versions of one entry apart; nobody gains from making two of their own the same. */
const fingerprintChars = 16;

/** What changes when an announced entry does: 16 hex digits. (docs/spec/tracker-protocol.md, T12) */
export function toEntryFingerprint(entry: AnnouncedEntry, sha256Hex: Sha256Hex): string {
  const { contentId, name, size, sha256, addedAt, audience } = entry;
  const facts: unknown[] = [contentId, name, size, sha256, addedAt];
  if (audience) facts.push([...audience].sort());
  return sha256Hex(JSON.stringify(facts)).slice(0, fingerprintChars);
}

/** One digest for all entries of a device, whatever their order; of none it is that of the empty text. */
export function toEntriesDigest(
  entries: Iterable<{ readonly id: EntryId; readonly fingerprint: string }>,
  sha256Hex: Sha256Hex,
): string {
  const lines = Array.from(entries, ({ id, fingerprint }) => `${id}:${fingerprint}`);
  return sha256Hex(lines.sort().join('\n'));
}
