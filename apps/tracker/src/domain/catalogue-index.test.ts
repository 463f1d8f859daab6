import { fromBase32 } from '@enxame/shared/content/base32';
import { toContentType } from '@enxame/shared/content/content-type';
import type { EntryId } from '@enxame/shared/ids';
import { applyWindowDiff } from '@enxame/shared/tracker/apply-window-diff';
import {
  catalogueQuerySchema,
  sortColumns,
  type SortColumn,
  type CataloguePage,
  type CatalogueQuery,
} from '@enxame/shared/tracker/catalogue-query';
import type { AnnouncedEntry, CatalogueRow } from '@enxame/shared/tracker/entry';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryCatalogueStore } from '../store/memory-catalogue-store.js';
import { createMemoryUserStore } from '../store/memory-user-store.js';
import { createContentId, createEntry } from '../test-kit/entries.js';
import { createFakeClock, type FakeClock } from '../test-kit/fake-clock.js';
import { createTestSession, type TestSession } from '../test-kit/test-session.js';
import { listTickMs } from './live-lists.js';
import { openNetwork, type Network } from './network.js';
import { compareText, toSortKey } from './search-text.js';
import { toNameWords, toSearchWords } from './search-words.js';
import { unhurried, type Turns } from './turns.js';

/** Lets the others run after each step of everything. */
const hurried: Turns = { begin: () => ({ isDue: () => true, next: () => Promise.resolve() }) };

let clock: FakeClock;
let network: Network;
beforeEach(async () => {
  clock = createFakeClock();
  network = await openTestNetwork();
});

function openTestNetwork(narrowRows = 4096, turns = unhurried): Promise<Network> {
  return openNetwork({
    narrowRows,
    turns,
    userStore: createMemoryUserStore(),
    catalogueStore: createMemoryCatalogueStore(),
    clock,
    onLateFailure: (error) => {
      throw error;
    },
  });
}

const join = (name: string): Promise<TestSession> => createTestSession(network, name);
const query = (given: Partial<CatalogueQuery> = {}): CatalogueQuery => catalogueQuerySchema.parse(given);
const all = { offset: 0, limit: 200 };
const namesOf = (page: CataloguePage): string[] => page.rows.map(({ name }) => name);
const list = (given: Partial<CatalogueQuery> = {}, window = all): CataloguePage =>
  network.index.page(query(given), window);

describe('searching the catalogue', () => {
  it('T10: finds words in any order, in the name or the owner’s, whatever the case and the accents', async () => {
    const ana = await join('Ana Conceição');
    const rui = await join('Rui');
    await ana.announce(createEntry({ name: 'Relação de vinhos.pdf' }), createEntry({ name: 'Abelhas.mp4' }));
    await rui.announce(createEntry({ name: 'relacao.txt' }));
    const find = (text: string): string[] => namesOf(list({ text, sort: 'name', descending: false }));
    expect(find('VINHOS relacao')).toEqual(['Relação de vinhos.pdf']);
    expect(find('relaçao')).toEqual(['Relação de vinhos.pdf', 'relacao.txt']);
    expect(find('conceicao abel')).toEqual(['Abelhas.mp4']);
    expect(find('relacao rui')).toEqual(['relacao.txt']);
    expect(find('nothing')).toEqual([]);
  });

  it('T10: filters by owner, size and whether it can be had', async () => {
    const ana = await join('Ana');
    const rui = await join('Rui');
    await ana.announce(createEntry({ name: 'small', size: 1 }), createEntry({ name: 'large', size: 100 }));
    await rui.announce(createEntry({ name: 'gone', size: 50 }));
    rui.leave();
    expect(namesOf(list({ owner: rui.user.userId }))).toEqual(['gone']);
    expect(namesOf(list({ minBytes: 50 })).sort()).toEqual(['gone', 'large']);
    expect(namesOf(list({ maxBytes: 1 }))).toEqual(['small']);
    expect(namesOf(list({ available: true })).sort()).toEqual(['large', 'small']);
  });

  it('T10: gives windows that never overlap, ties included', async () => {
    const ana = await join('Ana');
    await ana.announce(...Array.from({ length: 30 }, () => createEntry({ name: 'same', size: 5, addedAt: 1 })));
    for (const sort of sortColumns) {
      for (const descending of [true, false]) {
        const ids = [0, 10, 20].flatMap((offset) =>
          list({ sort, descending }, { offset, limit: 10 }).rows.map(({ id }) => id),
        );
        expect(new Set(ids).size).toBe(30);
      }
    }
    expect(list({}, { offset: 500, limit: 10 })).toEqual({ total: 30, rows: [] });
  });
});

describe('sources', () => {
  it('T8: counts devices, not entries, and goes with the session while the entry stays', async () => {
    const ana = await join('Ana');
    const rui = await join('Rui');
    const contentId = createContentId();
    await ana.announce(createEntry({ name: 'a', contentId }), createEntry({ name: 'again', contentId }));
    await rui.announce(createEntry({ name: 'b', contentId }));
    const shown = (): [string, number, boolean][] =>
      list({ sort: 'name', descending: false }).rows.map(({ name, sources, owner }) => [name, sources, owner.online]);
    expect(shown()).toEqual([['a', 2, true], ['again', 2, true], ['b', 2, true]]); // prettier-ignore
    ana.leave();
    expect(shown()).toEqual([['a', 1, false], ['again', 1, false], ['b', 1, true]]); // prettier-ignore
    ana.enter();
    expect(shown()).toEqual([['a', 2, true], ['again', 2, true], ['b', 2, true]]); // prettier-ignore
  });

  it('T7: a device withdraws only itself; the entry goes with its last device', async () => {
    const ana = await join('Ana');
    const laptop = await ana.withSecondDevice();
    const entry = createEntry();
    await ana.announce(entry);
    await laptop.announce(entry);
    expect(list().rows).toMatchObject([{ sources: 2 }]);
    await ana.withdraw(entry.id);
    expect(list().rows).toMatchObject([{ sources: 1 }]);
    await laptop.withdraw(entry.id);
    expect([list().total, network.index.hasContent(entry.contentId)]).toEqual([0, false]);
  });

  it('T7: an entry whose content changed has the sources of the new content', async () => {
    const ana = await join('Ana');
    const laptop = await ana.withSecondDevice();
    const entry = createEntry();
    await ana.announce(entry);
    await laptop.announce(entry);
    const changed = { ...entry, contentId: createContentId() };
    await ana.announce(changed);
    expect(list().rows).toMatchObject([{ contentId: changed.contentId, sources: 1 }]);
    expect([...network.index.sourcesOf(entry.contentId)]).toEqual([]);
    expect(network.index.hasContent(entry.contentId)).toBe(false);
  });
});

describe('the index under random changes', () => {
  /** What a page must be, said in the plainest way. */
  function expectedPage(
    rows: readonly CatalogueRow[],
    asked: CatalogueQuery,
    window: { offset: number; limit: number },
  ): CataloguePage {
    const words = toSearchWords(asked.text);
    const scoreOf = (row: CatalogueRow): number => {
      let sum = 1;
      for (const word of words) {
        const names = toNameWords(row.name);
        if (names.includes(word)) sum += 3;
        else if (names.some((name) => name.startsWith(word))) sum += 2;
        else if (toNameWords(row.owner.name).some((name) => name.startsWith(word))) sum += 1;
        else return 0;
      }
      return row.contentId === asked.text ? 255 : sum;
    };
    const found = rows.filter(
      (row) =>
        (scoreOf(row) > 0 || row.contentId === asked.text || (row.sha256 !== null && row.sha256 === asked.text)) &&
        (!asked.available || row.sources > 0) &&
        (asked.type === undefined || toContentType(row.name) === asked.type) &&
        row.size >= (asked.minBytes ?? 0) &&
        row.addedAt <= (asked.addedBefore ?? Infinity),
    );
    const idOf = (row: CatalogueRow): string => Buffer.from(fromBase32(row.id)).toString('hex');
    const keys: Record<SortColumn, (row: CatalogueRow) => (string | number)[]> = {
      name: (row) => [toSortKey(row.name), idOf(row)],
      size: (row) => [row.size, idOf(row)],
      owner: (row) => [toSortKey(row.owner.name), toSortKey(row.name), idOf(row)],
      addedAt: (row) => [row.addedAt, idOf(row)],
      sources: (row) => [row.sources, row.addedAt, idOf(row)],
      relevance: (row) => [scoreOf(row), row.sources, row.addedAt, idOf(row)],
    };
    const keyOf = keys[asked.sort];
    const compare = (left: CatalogueRow, right: CatalogueRow): number => {
      const [leftKey, rightKey] = [keyOf(left), keyOf(right)];
      for (const [index, part] of leftKey.entries()) {
        const other = rightKey[index] as string | number;
        const order = typeof part === 'number' ? part - Number(other) : compareText(part, String(other));
        if (order !== 0) return order;
      }
      return 0;
    };
    const sorted = found.sort(compare);
    if (asked.descending) sorted.reverse();
    return { total: found.length, rows: sorted.slice(window.offset, window.offset + window.limit) };
  }

  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('announce' as const), who: fc.nat({ max: 2 }), entry: fc.nat({ max: 11 }), content: fc.nat({ max: 3 }), name: fc.constantFrom('alfa.png', 'Béta 2', 'béta 10.jpg', 'GAMA beta', 'Rui e Ana'), size: fc.nat({ max: 3 }) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('withdraw' as const), who: fc.nat({ max: 2 }), entry: fc.nat({ max: 11 }) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('move' as const), who: fc.nat({ max: 2 }), isEnter: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('tick' as const) }) },
  ); // prettier-ignore
  const contents = Array.from({ length: 4 }, createContentId);
  const asked = fc.record({
    text: fc.constantFrom('', '', 'beta', 'al ana', '2 b', 'rui', contents[0] as string),
    available: fc.boolean(),
    type: fc.constantFrom(undefined, undefined, 'image' as const),
    minBytes: fc.constantFrom(undefined, undefined, 2),
    addedBefore: fc.constantFrom(undefined, undefined, 1),
    sort: fc.constantFrom(...sortColumns),
    descending: fc.boolean(),
  });
  const windows = fc.record({ offset: fc.nat({ max: 4 }), limit: fc.integer({ min: 1, max: 6 }) });

  it('T9: a watched window, kept up by diffs alone, is at each tick the window of the catalogue', async () => {
    const ids = Array.from({ length: 12 }, () => createEntry().id);
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40 }),
        asked,
        windows,
        fc.constantFrom(0, 3, 4096),
        fc.boolean(),
        async (steps, given, window, narrowRows, isHurried) => {
          clock = createFakeClock();
          network = await openTestNetwork(narrowRows, isHurried ? hurried : unhurried);
          const sessions = [await join('Ana'), await join('Rui'), await join('Eva')];
          const watcher = await join('Watcher');
          const wanted = query(given);
          const model = new Map<EntryId, AnnouncedEntry & { who: number }>();
          const online = [true, true, true];
          let page = network.lists.watch(watcher.session, 1, wanted, window);

          const expected = (): CataloguePage => {
            const rows = [...model.values()].map(({ who, ...entry }): CatalogueRow => {
              const sharers = [...model.values()].filter(
                (other) => other.contentId === entry.contentId && online[other.who],
              );
              const owner = {
                id: sessions[who]?.user.userId as never,
                name: ['Ana', 'Rui', 'Eva'][who] ?? '',
                online: online[who] === true,
              };
              return { ...entry, owner, sources: new Set(sharers.map((other) => other.who)).size };
            });
            return expectedPage(rows, wanted, window);
          };
          const check = async (): Promise<void> => {
            await network.index.settled();
            clock.advance(listTickMs);
            for (const { diff } of watcher.take('catalogue:changed')) page = applyWindowDiff(page, diff);
            expect(page).toEqual(expected());
            expect(network.index.page(wanted, window)).toEqual(expected());
          };

          for (const action of steps) {
            if (action.do === 'tick') {
              await check();
              continue;
            }
            const session = sessions[action.who] as TestSession;
            if (action.do === 'move') {
              online[action.who] = action.isEnter;
              if (action.isEnter) session.enter();
              else session.leave();
            } else if (action.do === 'withdraw') {
              const id = ids[action.entry] as EntryId;
              await session.withdraw(id);
              if (model.get(id)?.who === action.who) model.delete(id);
            } else {
              const id = ids[action.entry] as EntryId;
              const contentId = contents[action.content] as (typeof contents)[number];
              const entry = {
                id,
                contentId,
                name: action.name,
                size: action.size,
                sha256: null,
                addedAt: action.entry % 3,
              };
              const refused = await session.announce(entry);
              const isOthers = model.has(id) && model.get(id)?.who !== action.who;
              expect(refused.map(({ error }) => error.code)).toEqual(isOthers ? ['entry-not-yours'] : []);
              if (!isOthers) model.set(id, { ...entry, who: action.who });
            }
          }
          await check();
          clock.advance(10 * listTickMs);
          expect(watcher.take('catalogue:changed')).toEqual([]);
          await network.close();
        },
      ),
      { seed: 12, numRuns: 100 },
    );
  });
});
