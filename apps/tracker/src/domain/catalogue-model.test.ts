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
import { describe, expect, it } from 'vitest';
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

function openTestNetwork(narrowRows: number, turns: Turns): Promise<Network> {
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
    const fits = asked.group === 'content' ? toContentRows(found, rows, scoreOf) : found;
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
    const sorted = fits.sort(compare);
    if (asked.descending) sorted.reverse();
    return { total: fits.length, rows: sorted.slice(window.offset, window.offset + window.limit) };
  }

  const idOf = (row: CatalogueRow): string => Buffer.from(fromBase32(row.id)).toString('hex');

  /** Of each content the entry that fits best, then the oldest, with all who share it. */
  function toContentRows(
    found: readonly CatalogueRow[],
    rows: readonly CatalogueRow[],
    scoreOf: (row: CatalogueRow) => number,
  ): CatalogueRow[] {
    const best = new Map<string, CatalogueRow>();
    for (const row of found) {
      const known = best.get(row.contentId);
      const order = known ? scoreOf(known) - scoreOf(row) || row.addedAt - known.addedAt : -1;
      if (order < 0 || (order === 0 && known && idOf(row) < idOf(known))) best.set(row.contentId, row);
    }
    return [...best.values()].map((row) => {
      const sharers = rows.filter(({ contentId }) => contentId === row.contentId).map(({ owner }) => owner);
      const owners = new Map([row.owner, ...sharers].map((owner) => [owner.id, owner]));
      return { ...row, owners: owners.size, ownedBy: [...owners.values()] as never };
    });
  }

  /** Which of several entries of one person is named, and in which order, is nobody's business but that of who is online. */
  function plain(page: CataloguePage): unknown {
    return {
      ...page,
      rows: page.rows.map(({ ownedBy, ...row }) => {
        if (!ownedBy) return row;
        const [own, ...others] = ownedBy.map(({ id, name, online }) => ({ id, name, online }));
        return { ...row, ownedBy: [own, ...others.sort((one, other) => compareText(one.id, other.id))] };
      }),
    };
  }

  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('announce' as const), who: fc.nat({ max: 2 }), entry: fc.nat({ max: 11 }), content: fc.nat({ max: 3 }), name: fc.constantFrom('alfa.png', 'Béta 2', 'béta 10.jpg', 'GAMA beta', 'Betania', 'Rui e Ana'), size: fc.nat({ max: 3 }) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('withdraw' as const), who: fc.nat({ max: 2 }), entry: fc.nat({ max: 11 }) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('move' as const), who: fc.nat({ max: 2 }), isEnter: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('tick' as const) }) },
  ); // prettier-ignore
  const contents = Array.from({ length: 4 }, createContentId);
  const rarely = <T>(value: T): fc.Arbitrary<T | undefined> => fc.constantFrom(value, undefined, undefined, undefined);
  const asked = fc.record({
    text: fc.constantFrom('', '', 'beta', 'beta', 'be', 'al ana', '2 b', 'rui', contents[0] as string),
    available: rarely(true).map((available) => available === true),
    type: rarely('image' as const),
    minBytes: rarely(2),
    addedBefore: rarely(1),
    sort: fc.constantFrom(...sortColumns),
    descending: fc.boolean(),
    group: fc.constantFrom('entry' as const, 'content' as const),
  });
  const windows = fc.record({ offset: fc.nat({ max: 4 }), limit: fc.integer({ min: 1, max: 6 }) });

  it('T9, T70, T71: a watched window, kept up by diffs alone, is at each tick that of the catalogue, as are its pages', async () => {
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

          const expected = (of = window): CataloguePage => {
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
            return expectedPage(rows, wanted, of);
          };
          const check = async (): Promise<void> => {
            await network.index.settled();
            clock.advance(listTickMs);
            for (const { diff } of watcher.take('catalogue:changed')) page = applyWindowDiff(page, diff);
            expect(plain(page)).toEqual(plain(expected()));
            expect(plain(network.index.page(wanted, window))).toEqual(plain(expected()));
            expect(listByCursors(window.limit)).toEqual(plain(expected(all)));
          };
          const listByCursors = (limit: number): unknown => {
            const rows: CatalogueRow[] = [];
            for (let cursor: string | undefined; ;) {
              const found = network.index.list(wanted, { offset: 0, limit }, cursor);
              rows.push(...found.rows);
              if (found.next === null) return plain({ total: found.total, rows });
              cursor = found.next;
            }
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
      { seed: 12, numRuns: 150 },
    );
  });
});
