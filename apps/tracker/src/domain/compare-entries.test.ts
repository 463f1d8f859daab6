import { createHash } from 'node:crypto';
import type { EntryId } from '@enxame/shared/ids';
import { toEntriesDigest, toEntryFingerprint } from '@enxame/shared/tracker/entry-fingerprint';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryCatalogueStore } from '../store/memory-catalogue-store.js';
import { createMemoryUserStore } from '../store/memory-user-store.js';
import { createEntry } from '../test-kit/entries.js';
import { createFakeClock } from '../test-kit/fake-clock.js';
import { createTestSession, type TestSession } from '../test-kit/test-session.js';
import { createComparisons, type Comparisons, type KnownEntry } from './compare-entries.js';
import { openNetwork } from './network.js';
import { unhurried } from './turns.js';

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');
const pageEntries = 10;
const entries = Array.from({ length: 25 }, (_, index) => createEntry({ name: `file ${String(index)}.txt` }));
let comparisons: Comparisons;
let ana: TestSession;

const noneRestricted = { get: () => undefined, ofDevice: () => new Set<never>() };

beforeEach(async () => {
  const network = await openNetwork({
    userStore: createMemoryUserStore(),
    catalogueStore: createMemoryCatalogueStore(),
    clock: createFakeClock(),
    onLateFailure: (error) => {
      throw error;
    },
  });
  ana = await createTestSession(network, 'Ana');
  await ana.announce(...entries);
  comparisons = createComparisons(network.index, noneRestricted, unhurried, pageEntries);
});

async function listAll(between: () => Promise<void> = () => Promise.resolve()): Promise<KnownEntry[][]> {
  const pages: KnownEntry[][] = [];
  for (let after: EntryId | undefined; ;) {
    const page = await comparisons.compare(ana.session, '', after);
    pages.push(page.known);
    if (page.next === undefined) return pages;
    after = page.next;
    await between();
  }
}

describe('T12: comparing', () => {
  it('lists what is known a page at a time, each once', async () => {
    const pages = await listAll();
    expect(pages.map((page) => page.length)).toEqual([10, 10, 5]);
    const fingerprints = entries.map((entry) => ({ id: entry.id, fingerprint: toEntryFingerprint(entry, sha256Hex) }));
    const byId = (one: KnownEntry, other: KnownEntry): number => (one.id < other.id ? -1 : 1);
    expect(pages.flat()).toEqual(fingerprints.sort(byId));
    const digest = toEntriesDigest(pages.flat(), sha256Hex);
    expect(await comparisons.compare(ana.session, digest, undefined)).toEqual({ same: true, known: [] });
  });

  it('goes on behind any id, also of a list that it never began', async () => {
    const sorted = entries.map(({ id }) => id).sort();
    const page = await comparisons.compare(ana.session, '', sorted[19]);
    expect(page.known.map(({ id }) => id)).toEqual(sorted.slice(20));
    expect(page.next).toBeUndefined();
  });

  it('passes over what went between two pages, and repeats nothing', async () => {
    const sorted = entries.map(({ id }) => id).sort();
    const gone = [sorted[1], sorted[12], sorted[24]] as EntryId[];
    const pages = await listAll(() => ana.withdraw(...gone));
    const ids = pages.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    // The first page was out already when they went.
    expect(ids).toEqual(sorted.filter((id) => id === gone[0] || !gone.includes(id)));
  });
});
