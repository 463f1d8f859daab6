import { applyWindowDiff } from '@enxame/shared/tracker/apply-window-diff';
import {
  catalogueQuerySchema,
  sortColumns,
  type CataloguePage,
  type CatalogueQuery,
} from '@enxame/shared/tracker/catalogue-query';
import type { ContentId } from '@enxame/shared/ids';
import type { AnnouncedEntry } from '@enxame/shared/tracker/entry';
import { describe, expect, it } from 'vitest';
import { createMemoryCatalogueStore } from '../../store/memory-catalogue-store.js';
import { createMemoryUserStore } from '../../store/memory-user-store.js';
import { createContentId, createEntry } from '../../test-kit/entries.js';
import { createFakeClock } from '../../test-kit/fake-clock.js';
import { createRandom } from '../../test-kit/seeded-random.js';
import { createTestSession, type TestSession } from '../../test-kit/test-session.js';
import { createTestUser } from '../../test-kit/test-user.js';
import { listTickMs } from '../live-lists.js';
import { openNetwork, type Network } from '../network.js';

const people = ['Ana', 'Rui', 'Bia'] as const;
const users = Object.fromEntries(people.map((name) => [name, createTestUser()]));
const words = ['mel', 'flor', 'colmeia', 'zangão'];

interface World {
  readonly network: Network;
  readonly clock: ReturnType<typeof createFakeClock>;
  readonly sessions: readonly TestSession[];
}

async function createWorld(): Promise<World> {
  const clock = createFakeClock();
  const network = await openNetwork({
    narrowRows: 8,
    userStore: createMemoryUserStore(),
    catalogueStore: createMemoryCatalogueStore(),
    clock,
    onLateFailure: (error) => {
      throw error;
    },
  });
  const sessions: TestSession[] = [];
  for (const name of people) sessions.push(await createTestSession(network, name, { user: users[name] as never }));
  return { network, clock, sessions };
}

const withoutAudience = ({ audience: _audience, ...entry }: AnnouncedEntry): AnnouncedEntry => entry;
/** What an entry looks like does not say to the other world that it is for some people only. */
const plain = (page: CataloguePage, countsSources: boolean): unknown => ({
  total: page.total,
  rows: page.rows.map(({ restricted: _restricted, ownedBy, sources, ...row }) => ({
    ...row,
    sources: countsSources ? sources : 0,
    ownedBy: ownedBy?.map(({ id }) => id).sort(),
  })),
});

describe('T142: what a person may see', () => {
  const seed = Number(process.env['ENXAME_SEED'] ?? Date.now());
  // What everybody may see counts the sources that everybody may know: where several people share a content, an order by
  // sources is not what it would be if all of it were for everybody.
  const worlds = [
    ['each content has one owner', true],
    ['contents have several owners', false],
  ] as const;
  it.each(worlds)(`is one list in one order: %s (seed ${String(seed)})`, async (_world, hasOneOwner) => {
    const next = createRandom(seed);
    const random = (): number => next(2 ** 30) / 2 ** 30;
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
    const contents = Array.from({ length: 12 }, createContentId);
    const real = await createWorld();
    const reader = real.sessions[1] as TestSession;
    const told = await createWorld(); // only what the reader may see, and all of it for everybody
    for (let count = 0; count < 60; count++) {
      const isOpen = random() < 0.5;
      const audience = people.filter(() => random() < 0.4).map((name) => (users[name] as TestSession['user']).userId);
      const content = Math.floor(random() * contents.length);
      const owner = hasOneOwner ? content % people.length : Math.floor(random() * people.length);
      const entry = createEntry({
        name: `${pick(words)} ${pick(words)}.txt`,
        contentId: contents[content] as ContentId,
        size: Math.floor(random() * 4),
        addedAt: Math.floor(random() * 4),
        ...(!isOpen && { audience }),
      });
      await real.sessions[owner]?.announce(entry);
      const isSeen = isOpen || owner === 1 || audience.includes(reader.user.userId);
      if (isSeen) await told.sessions[owner]?.announce(withoutAudience(entry));
    }
    for (let round = 0; round < 150; round++) {
      const query: CatalogueQuery = catalogueQuerySchema.parse({
        text: random() < 0.4 ? pick([...words, 'm', 'ana', contents[0] as string]) : '',
        sort: pick(sortColumns.filter((column) => hasOneOwner || (column !== 'sources' && column !== 'relevance'))),
        descending: random() < 0.5,
        available: random() < 0.2,
        ...(random() < 0.2 && { owner: (users[pick(people)] as TestSession['user']).userId }),
        ...(random() < 0.2 && { minBytes: 2 }),
      });
      const window = { offset: Math.floor(random() * 40), limit: 1 + Math.floor(random() * 20) };
      const expected = told.network.index.list(query, window);
      const found = real.network.reading.list(query, window, undefined, reader.user.userId);
      expect(plain(found, hasOneOwner), JSON.stringify({ query, window })).toEqual(plain(expected, hasOneOwner));
      expect(found.next === null).toBe(expected.next === null);
      if (found.next === null || expected.next === null) continue;
      const behind = real.network.reading.list(query, window, found.next, reader.user.userId);
      const next = told.network.index.list(query, window, expected.next);
      expect(plain(behind, hasOneOwner)).toEqual(plain(next, hasOneOwner));
    }
  });

  it(`has one row for each content, which an entry for everybody stands for where there is one (seed ${String(seed)})`, async () => {
    const next = createRandom(seed);
    const { network, sessions } = await createWorld();
    const reader = sessions[1] as TestSession;
    const seen = new Map<ContentId, Set<string>>();
    const open = new Set<ContentId>();
    const contents = Array.from({ length: 8 }, createContentId);
    for (let count = 0; count < 40; count++) {
      const owner = next(people.length);
      const contentId = contents[next(contents.length)] as ContentId;
      const audience = next(2) === 0 ? undefined : next(2) === 0 ? [reader.user.userId] : [];
      await sessions[owner]?.announce(createEntry({ contentId, addedAt: next(5), ...(audience && { audience }) }));
      if (audience === undefined) open.add(contentId);
      if (audience?.length === 0 && owner !== 1) continue;
      seen.set(contentId, (seen.get(contentId) ?? new Set()).add(people[owner] as string));
    }
    for (const sort of sortColumns) {
      const query = catalogueQuerySchema.parse({ sort, group: 'content' });
      const { total, rows } = network.reading.list(query, { offset: 0, limit: 50 }, undefined, reader.user.userId);
      expect([total, rows.length]).toEqual([seen.size, seen.size]);
      for (const { contentId, owners, ownedBy, restricted } of rows) {
        expect(restricted === undefined).toBe(open.has(contentId));
        expect(owners).toBe(seen.get(contentId)?.size);
        expect(new Set(ownedBy?.map(({ name }) => name))).toEqual(seen.get(contentId));
      }
    }
  });

  it('T142: follows every change of who may see what, as one who watches is told', async () => {
    const seed = Number(process.env['ENXAME_SEED'] ?? Date.now());
    const next = createRandom(seed);
    const random = (): number => next(2 ** 30) / 2 ** 30;
    const { network, clock, sessions } = await createWorld();
    const [ana, rui] = sessions as [TestSession, TestSession];
    const query = catalogueQuerySchema.parse({ sort: 'name', descending: false });
    const window = { offset: 0, limit: 10 };
    let page = network.lists.watch(rui.session, 1, query, window);
    const entries: AnnouncedEntry[] = [];
    for (let count = 0; count < 80; count++) {
      const known = random() < 0.5 ? entries[Math.floor(random() * entries.length)] : undefined;
      const base = withoutAudience(known ?? createEntry({ name: `${String(count)}.txt` }));
      const others = [rui.user.userId].filter(() => random() < 0.5);
      const entry = random() < 0.4 ? base : { ...base, audience: others };
      if (!known) entries.push(entry);
      if (random() < 0.15 && known) await ana.withdraw(known.id);
      else await ana.announce(entry);
      if (random() < 0.2) ana.leave();
      if (random() < 0.3) ana.enter();
      clock.advance(listTickMs);
      for (const { watchId, diff } of rui.take('catalogue:changed')) {
        expect(watchId).toBe(1);
        page = applyWindowDiff(page, diff);
      }
      const expected = network.reading.page(query, window, rui.user.userId);
      expect(page, `seed ${String(seed)}`).toEqual(expected);
    }
  });
});
