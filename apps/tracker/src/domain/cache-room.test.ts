import type { ContentId, UserId } from '@enxame/shared/ids';
import { afterEach, describe, expect, it } from 'vitest';
import { createFakeClock } from '../test-kit/fake-clock.js';
import { createHostedCopies, expirySweepMs, type HostedCopies } from './hosted-copies.js';
import type { Records } from './records.js';
import type { StoredCopy } from './stored-copy.js';

const idOf = (letter: string): ContentId => `${letter.repeat(51)}a` as ContentId;
const factsOf = (letter: string, size: number) => ({ contentId: idOf(letter), sha256: null, name: letter, size });
const ana = 'ana' as UserId;

let copies: HostedCopies | undefined;
afterEach(() => {
  copies?.close();
});

function open(quotas: { inAll: number; forCache: number }) {
  const map = new Map<string, StoredCopy>();
  const records: Records<StoredCopy> = {
    get: (key) => map.get(key),
    values: () => map.values(),
    get size() {
      return map.size;
    },
    set: (key, value) => {
      map.set(key, value);
      return Promise.resolve();
    },
    delete: (key) => {
      map.delete(key);
      return Promise.resolve();
    },
  };
  const clock = createFakeClock();
  const listed = new Set<ContentId>();
  const removed: ContentId[] = [];
  copies = createHostedCopies({
    records,
    clock,
    quotas: { ofUser: () => 1e9, inAll: () => quotas.inAll, forCache: () => quotas.forCache },
    isListed: (contentId) => listed.has(contentId),
    listener: {
      changed: () => undefined,
      servedChanged: () => undefined,
      entryOrphaned: () => Promise.resolve(),
      removeBytes: async (contentId) => void removed.push(await Promise.resolve(contentId)),
    },
    onLateFailure: (error) => {
      throw error;
    },
  });
  const cached = copies;
  return {
    copies: cached,
    clock,
    listed,
    removed,
    /** A cache that is here. */
    cache: async (letter: string, size: number): Promise<boolean> => {
      listed.add(idOf(letter));
      const isKept = await cached.cache(factsOf(letter, size));
      await cached.settle(idOf(letter), { sha256: null, place: () => Promise.resolve() });
      clock.advance(1000);
      return isKept;
    },
  };
}

describe('what is kept for nobody', () => {
  it('H21: of caches the one not read for longest goes first, for another and for what somebody keeps', async () => {
    const { copies, clock, removed, cache } = open({ inAll: 100, forCache: 60 });
    for (const letter of ['a', 'b', 'c']) expect(await cache(letter, 20)).toBe(true);
    clock.advance(4_000_000);
    copies.used(idOf('a'));
    await cache('d', 20);
    expect(removed).toEqual([idOf('b')]);
    // Somebody keeps 60 of 100: of the 60 of caches 20 have to go.
    const promised = copies.room.reserve(ana);
    await promised.ensure(60);
    expect(removed).toEqual([idOf('b'), idOf('c')]);
    expect([copies.isHere(idOf('a')), copies.isHere(idOf('d'))]).toEqual([true, true]);
    promised.release();
  });

  it('H21: nothing is cached that is too large, where nothing was set, or in the room of what people keep', async () => {
    expect(await open({ inAll: 100, forCache: 0 }).cache('a', 1)).toBe(false);
    const { copies, cache } = open({ inAll: 100, forCache: 60 });
    expect(await cache('a', 61)).toBe(false);
    const holder = { userId: ana, entryId: null, addedAt: 0, expiresAt: null };
    await copies.add(factsOf('b', 70), holder, () => Promise.resolve());
    expect(await cache('c', 31)).toBe(false);
    expect(await cache('d', 30)).toBe(true);
  });

  it('H21: a cache goes with the last entry of its content, and when what was set becomes less', async () => {
    const quotas = { inAll: 100, forCache: 60 };
    const { copies, clock, listed, removed, cache } = open(quotas);
    await cache('a', 20);
    await cache('b', 20);
    await cache('c', 20);
    listed.delete(idOf('a'));
    expect(copies.isHere(idOf('a'))).toBe(false);
    quotas.forCache = 20;
    clock.advance(expirySweepMs);
    await expect.poll(() => removed).toEqual([idOf('a'), idOf('b')]);
  });

  it('H21: what somebody keeps as well is no cache until they drop it', async () => {
    const { copies, removed, cache } = open({ inAll: 100, forCache: 20 });
    await cache('a', 20);
    await copies.want(factsOf('a', 20), { userId: ana, entryId: null, addedAt: 0, expiresAt: null });
    expect(await cache('b', 20)).toBe(true);
    expect(removed).toEqual([]);
    await copies.drop(ana, idOf('a'));
    expect(copies.isHere(idOf('a'))).toBe(true);
    expect(await cache('c', 20)).toBe(true);
    expect(removed).toEqual([idOf('a'), idOf('b')]);
  });
});
