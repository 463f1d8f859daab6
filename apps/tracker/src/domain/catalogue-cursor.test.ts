import type { EntryId } from '@enxame/shared/ids';
import { catalogueQuerySchema, sortColumns, type CatalogueQuery } from '@enxame/shared/tracker/catalogue-query';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryCatalogueStore } from '../store/memory-catalogue-store.js';
import { createMemoryUserStore } from '../store/memory-user-store.js';
import { createEntry } from '../test-kit/entries.js';
import { createFakeClock } from '../test-kit/fake-clock.js';
import { createTestSession, type TestSession } from '../test-kit/test-session.js';
import { openNetwork, type Network } from './network.js';

const limit = 7;
const window = { offset: 0, limit };
const query = (given: Partial<CatalogueQuery>): CatalogueQuery => catalogueQuerySchema.parse(given);
let network: Network;
let ana: TestSession;
let made = 0;

async function announce(): Promise<EntryId> {
  // Many that tie in every column but the id.
  const entry = createEntry({ name: `part ${String(made % 5)}`, size: made % 4, addedAt: 1 + (made % 3) });
  made++;
  await ana.announce(entry);
  return entry.id;
}

beforeEach(async () => {
  network = await openNetwork({
    userStore: createMemoryUserStore(),
    catalogueStore: createMemoryCatalogueStore(),
    clock: createFakeClock(),
    narrowRows: 20,
    onLateFailure: (error) => {
      throw error;
    },
  });
  ana = await createTestSession(network, 'Ana');
  for (let index = 0; index < 60; index++) await announce();
});

describe('T71: a list by cursors', () => {
  for (const text of ['', 'part 1', 'part']) {
    it(`while entries come and go, has each that stays once (“${text}”)`, async () => {
      for (const sort of sortColumns) {
        for (const descending of [true, false]) {
          const asked = query({ text, sort, descending });
          const staying = new Set(network.index.page(asked, { offset: 0, limit: 200 }).rows.map(({ id }) => id));
          const listed: EntryId[] = [];
          for (let cursor: string | undefined; ;) {
            const page = network.index.list(asked, window, cursor);
            listed.push(...page.rows.map(({ id }) => id));
            if (page.next === null) break;
            cursor = page.next;
            // The one that the cursor stands on goes, one that was not listed goes, and others come.
            const going = [listed.at(-1), [...staying].find((id) => !listed.includes(id))].filter(
              (id) => id !== undefined,
            );
            await ana.withdraw(...going);
            for (const id of going) staying.delete(id);
            for (let index = 0; index < 4; index++) await announce();
          }
          expect(new Set(listed).size).toBe(listed.length);
          expect([...staying].filter((id) => !listed.includes(id))).toEqual([]);
        }
      }
    });
  }

  it('refuses what is no cursor, and one of another order', () => {
    const { next } = network.index.list(query({ sort: 'name' }), window);
    const other = Buffer.from('[1,"name down entry",0,0,0,"a","b","not an id"]').toString('base64url');
    for (const [sort, cursor] of [
      ['size', next ?? ''],
      ['name', 'x'],
      ['name', other],
    ] as const) {
      expect(() => network.index.list(query({ sort }), window, cursor)).toThrow('bad-request');
    }
  });
});
