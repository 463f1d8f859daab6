import {
  catalogueQuerySchema,
  sortColumns,
  type CataloguePage,
  type CatalogueQuery,
} from '@enxame/shared/tracker/catalogue-query';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryCatalogueStore } from '../store/memory-catalogue-store.js';
import { createMemoryUserStore } from '../store/memory-user-store.js';
import { createContentId, createEntry } from '../test-kit/entries.js';
import { createFakeClock } from '../test-kit/fake-clock.js';
import { createTestSession, type TestSession } from '../test-kit/test-session.js';
import { openNetwork, type Network } from './network.js';

let network: Network;
beforeEach(async () => {
  network = await openNetwork({
    userStore: createMemoryUserStore(),
    catalogueStore: createMemoryCatalogueStore(),
    clock: createFakeClock(),
    onLateFailure: (error) => {
      throw error;
    },
  });
});

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

describe('T70: rows for contents', () => {
  it('has one row for each content, by the name that fits best, with all who share it', async () => {
    const [ana, rui, eva] = [await join('Ana'), await join('Rui'), await join('Eva')];
    const contentId = createContentId();
    await ana.announce(createEntry({ name: 'holiday.mp4', contentId, addedAt: 1 }));
    await rui.announce(
      createEntry({ name: 'IMG_1234.mp4', contentId, addedAt: 2 }),
      createEntry({ name: 'other.mp4' }),
    );
    await eva.announce(createEntry({ name: 'holidays in Bahia.mp4', contentId, addedAt: 3 }));
    ana.leave();
    await network.index.settled();
    const rowFor = (text: string): unknown =>
      list({ text, group: 'content', sort: 'relevance' }).rows.map(({ name, owners, ownedBy, sources }) => {
        return [name, owners, sources, ownedBy?.map((owner) => [owner.name, owner.entryName, owner.online])];
      });
    expect(rowFor('holiday mp4')).toEqual([
      ['holiday.mp4', 3, 2, [['Ana', 'holiday.mp4', false], ['Eva', 'holidays in Bahia.mp4', true], ['Rui', 'IMG_1234.mp4', true]]],
    ]); // prettier-ignore
    const asRui = [
      ['Rui', 'IMG_1234.mp4', true],
      ['Eva', 'holidays in Bahia.mp4', true],
      ['Ana', 'holiday.mp4', false],
    ];
    expect(rowFor('img')).toEqual([['IMG_1234.mp4', 3, 2, asRui]]);
    expect([list({ group: 'content' }).total, list().total]).toEqual([2, 4]);
    expect(list().rows[0]).not.toHaveProperty('owners');
  });
});
