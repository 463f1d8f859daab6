import { describe, expect, it } from 'vitest';
import { toBase32 } from '../content/base32.js';
import { contentIdSchema, entryIdSchema } from '../ids.js';
import { toEntriesDigest, toEntryFingerprint } from './entry-fingerprint.js';
import type { AnnouncedEntry } from './entry.js';

/** No hash: what is hashed can be read. */
const shown = (text: string): string => `<${text}>`;
const entry: AnnouncedEntry = {
  id: entryIdSchema.parse(toBase32(new Uint8Array(16))),
  contentId: contentIdSchema.parse(toBase32(new Uint8Array(32))),
  name: 'a "b".txt',
  size: 7,
  sha256: null,
  addedAt: 5,
};

describe('the digest of announced entries', () => {
  it('T12: takes what an announcement can change, in one order', () => {
    const hashed: string[] = [];
    toEntryFingerprint(entry, (text) => {
      hashed.push(text);
      return '';
    });
    expect(hashed).toEqual([`["${entry.contentId}","a \\"b\\".txt",7,null,5]`]);
    expect(toEntryFingerprint(entry, () => '0123456789abcdef0123')).toBe('0123456789abcdef');
  });

  it('T12: does not depend on the order of the entries', () => {
    const [first, second] = [
      { id: entry.id, fingerprint: 'aa' },
      { id: entryIdSchema.parse(toBase32(new Uint8Array(16).fill(1))), fingerprint: 'bb' },
    ];
    expect(toEntriesDigest([second, first], shown)).toBe(`<${first.id}:aa\n${second.id}:bb>`);
    expect(toEntriesDigest([first, second], shown)).toBe(toEntriesDigest([second, first], shown));
    expect(toEntriesDigest([], shown)).toBe('<>');
  });
});
