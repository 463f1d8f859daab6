import type { CatalogueQuery } from '@enxame/shared/tracker/catalogue-query';
import { catalogueQuerySchema } from '@enxame/shared/tracker/catalogue-query';
import { maxFoundShown, maxSavedSearches, type SavedSearch } from '@enxame/shared/tracker/saved-search';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryCatalogueStore } from '../store/memory-catalogue-store.js';
import { createMemoryUserStore } from '../store/memory-user-store.js';
import { createContentId, createEntry } from '../test-kit/entries.js';
import { createFakeClock, type FakeClock } from '../test-kit/fake-clock.js';
import { createTestSession, type TestSession } from '../test-kit/test-session.js';
import { openNetwork, type Network } from './network.js';
import { createMemorySearchRecords, type SavedSearchRecords } from './saved-search-record.js';
import { foundDelayMs, searchTickMs } from './saved-searches.js';

const query = (given: Partial<CatalogueQuery>): CatalogueQuery => catalogueQuerySchema.parse(given);
let network: Network;
let clock: FakeClock;
let records: SavedSearchRecords;
let ana: TestSession;
let rui: TestSession;

const open = (): Promise<Network> =>
  openNetwork({
    userStore: createMemoryUserStore(),
    catalogueStore: createMemoryCatalogueStore(),
    searchRecords: records,
    clock,
    onLateFailure: (error) => {
      throw error;
    },
  });
beforeEach(async () => {
  clock = createFakeClock();
  records = createMemorySearchRecords();
  network = await open();
  [ana, rui] = [await createTestSession(network, 'Ana'), await createTestSession(network, 'Rui')];
});

const save = (given: Partial<CatalogueQuery>, who = ana, name = 'a search'): Promise<SavedSearch> =>
  network.searches.save(who.user.userId, name, query(given));
async function tell(): Promise<void> {
  clock.advance(searchTickMs);
  await network.searches.settled();
}
const told = (who = ana): [string, number, string[]][] =>
  who.take('search:found').map(({ name, unseen, found }) => [name, unseen, found.map((row) => row.name)]);

describe('T72: saved searches', () => {
  it('tell their owner, on all devices, when something new matches, and once for a batch', async () => {
    const laptop = await ana.withSecondDevice();
    await rui.announce(createEntry({ name: 'Vinho verde.pdf' })); // there before: no news
    await tell();
    await save({ text: 'vinho', minBytes: 100 }, ana, 'wines');
    await rui.announce(
      createEntry({ name: 'vinhos do Porto.pdf', size: 500 }),
      createEntry({ name: 'Vinho tinto.pdf', size: 500 }),
      createEntry({ name: 'Vinho branco.pdf', size: 5 }),
      createEntry({ name: 'Queijo.pdf', size: 500 }),
    );
    await tell();
    const expected = [['wines', 2, ['Vinho tinto.pdf', 'vinhos do Porto.pdf']]];
    expect([told(), told(laptop), told(rui)]).toEqual([expected, expected, []]);
    await tell();
    expect(told()).toEqual([]);
  });

  it('find by a hash, by an owner, and what got another name; not what their owner shares', async () => {
    const contentId = createContentId();
    await save({ text: contentId }, ana, 'hash');
    await save({ owner: rui.user.userId, type: 'image' }, ana, 'pictures of Rui');
    await save({ text: 'mel rui' }, ana, 'honey');
    const entry = createEntry({ name: 'a.bin', contentId });
    await rui.announce(entry, createEntry({ name: 'b.png' }));
    await ana.announce(createEntry({ name: 'mel Rui' }));
    await tell();
    expect(told().sort()).toEqual([['hash', 1, ['a.bin']], ['pictures of Rui', 1, ['b.png']]]); // prettier-ignore
    await rui.announce({ ...entry, sha256: 'ab'.repeat(32) }); // known by that name
    await tell();
    expect(told()).toEqual([]);
    await rui.announce({ ...entry, name: 'mel.bin' });
    await tell();
    expect(told().sort()).toEqual([['hash', 2, ['mel.bin']], ['honey', 1, ['mel.bin']]]); // prettier-ignore
  });

  it('keep for who was away what came, until it was seen; at most so much of it', async () => {
    const { id } = await save({ text: 'foto' });
    ana.leave();
    const entries = Array.from({ length: 30 }, (_, index) => createEntry({ name: `foto ${String(index)}` }));
    await rui.announce(...entries);
    await tell();
    clock.advance(foundDelayMs);
    await rui.withdraw((entries[29] as (typeof entries)[0]).id);
    const again = await open();
    expect(again.searches.list(ana.user.userId)).toMatchObject([{ id, unseen: 30 }]);
    const [search] = network.searches.list(ana.user.userId);
    expect(search?.found.map(({ name }) => name)).toEqual(
      Array.from({ length: maxFoundShown - 1 }, (_, index) => `foto ${String(28 - index)}`),
    );
    network.searches.seen(ana.user.userId, id);
    await network.searches.close();
    expect((await open()).searches.list(ana.user.userId)).toMatchObject([{ unseen: 0, found: [] }]);
  });

  it('are forgotten, one or all of a person', async () => {
    const { id } = await save({ text: 'foto' });
    await save({ text: 'video' });
    await save({ text: 'foto' }, rui, 'mine');
    await network.searches.forget(rui.user.userId, id); // not Rui’s
    await network.searches.forget(ana.user.userId, id);
    expect(network.searches.list(ana.user.userId).map((search) => search.query.text)).toEqual(['video']);
    await network.searches.forgetUser(ana.user.userId);
    const again = await open();
    expect([again.searches.list(ana.user.userId), again.searches.list(rui.user.userId).length]).toEqual([[], 1]);
  });

  it('need something to look for, are told apart by what they find, and are so many at most', async () => {
    await expect(save({ type: 'image', available: true })).rejects.toMatchObject({ code: 'bad-request' });
    const first = await save({ text: 'um' });
    expect(await save({ text: ' UM ', sort: 'size', group: 'content' }, ana, 'renamed')).toMatchObject({
      id: first.id,
      name: 'renamed',
    });
    for (let index = 1; index < maxSavedSearches; index++) await save({ text: `x${String(index)}` });
    await expect(save({ text: 'dois' })).rejects.toMatchObject({ code: 'too-large' });
  });

  it('that could not be written are not there', async () => {
    records.set = () => Promise.reject(new Error('no room'));
    await expect(save({ text: 'foto' })).rejects.toThrow('no room');
    expect(network.searches.list(ana.user.userId)).toEqual([]);
    await rui.announce(createEntry({ name: 'foto' }));
    await tell();
    expect(told()).toEqual([]);
  });
});
