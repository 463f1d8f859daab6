import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryCatalogueStore } from '../store/memory-catalogue-store.js';
import { createMemoryUserStore } from '../store/memory-user-store.js';
import { createContentId, createEntry } from '../test-kit/entries.js';
import { createFakeClock } from '../test-kit/fake-clock.js';
import { createTestSession, type TestSession } from '../test-kit/test-session.js';
import { createCatalogue } from './catalogue.js';
import type { CatalogueChange, CatalogueStore } from './catalogue-store.js';
import { openNetwork, type Network } from './network.js';
import type { PersonRecord } from './person.js';

let network: Network;
let store: CatalogueStore;
let commits: { readonly change: CatalogueChange; resolve(): void; reject(error: Error): void }[];
let ana: TestSession;
let rui: TestSession;

/** A disk that answers when the test says so. */
beforeEach(async () => {
  commits = [];
  const memory = createMemoryCatalogueStore();
  store = {
    ...memory,
    commit: async (userId, change) => {
      await new Promise<void>((resolve, reject) => {
        commits.push({ change, resolve, reject });
      });
      await memory.commit(userId, change);
    },
  };
  network = await openNetwork({
    userStore: createMemoryUserStore(),
    catalogueStore: store,
    clock: createFakeClock(),
    onLateFailure: (error) => {
      throw error;
    },
  });
  ana = await createTestSession(network, 'Ana');
  rui = await createTestSession(network, 'Rui');
});

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('changes of catalogues', () => {
  it('T7: are seen by others only when they are on disk', async () => {
    const entry = createEntry();
    const done = ana.announce(entry);
    expect(network.index.get(entry.id)).toBeUndefined();
    commits[0]?.resolve();
    await done;
    expect(network.index.get(entry.id)?.entry.name).toBe(entry.name);
  });

  it('T7: that come during a write share the next one, each on top of the one before', async () => {
    const entry = createEntry({ name: 'first' });
    const changes = [ana.announce(entry), ana.announce({ ...entry, name: 'second' }), ana.withdraw(entry.id)];
    const kept = createEntry();
    changes.push(ana.announce(kept));
    commits[0]?.resolve();
    await changes[0];
    await turn();
    expect(commits.slice(1).map(({ change }) => [change.put.map(({ id }) => id), change.remove])).toEqual([
      [[kept.id], [entry.id]],
    ]);
    commits[1]?.resolve();
    await Promise.all(changes);
    expect([network.index.get(entry.id), network.index.size]).toEqual([undefined, 1]);
  });

  it('T15: that could not be written change nothing, and harm no later ones', async () => {
    const [lost, kept] = [createEntry(), createEntry()];
    const failing = expect(ana.announce(lost)).rejects.toMatchObject({ code: 'tracker-storage-full' });
    const later = ana.announce(kept);
    commits[0]?.reject(new EnxameError('tracker-storage-full'));
    await failing;
    await turn();
    commits[1]?.resolve();
    await later;
    expect(network.index.get(lost.id)).toBeUndefined();
    expect([...network.index.ownedBy(ana.user.userId)].map(({ id }) => id)).toEqual([kept.id]);
    const again = rui.announce(lost); // the id is free again
    commits[2]?.resolve();
    expect(await again).toEqual([]);
  });

  it('T7: give an id to one of two users who announce it at once', async () => {
    const entry = createEntry();
    const first = ana.announce(entry);
    expect(await rui.announce(entry)).toMatchObject([{ id: entry.id, error: { code: 'entry-not-yours' } }]);
    commits[0]?.resolve();
    expect(await first).toEqual([]);
    expect(commits).toHaveLength(1);
  });

  it('T7: write nothing when nothing changes', async () => {
    const entry = createEntry();
    const first = ana.announce(entry);
    commits[0]?.resolve();
    await first;
    expect(await ana.announce({ ...entry })).toEqual([]);
    await ana.withdraw(createEntry().id);
    await rui.withdraw(entry.id);
    expect(commits).toHaveLength(1);
  });

  it('T7: name the entries past the limit, and take the others', async () => {
    const catalogue = createCatalogue({ entries: network.entries, store, maxEntries: 2 });
    const owner = network.people.get(ana.user.userId) as PersonRecord;
    const entries = [createEntry(), createEntry(), createEntry()];
    const done = catalogue.announce(owner, ana.user.deviceId, entries);
    commits[0]?.resolve();
    expect(await done).toEqual([{ id: entries[2]?.id, error: { code: 'catalogue-full', params: { max: 2 } } }]);
    const changed = { ...(entries[0] as (typeof entries)[number]), contentId: createContentId() };
    const again = catalogue.announce(owner, ana.user.deviceId, [changed]);
    commits[1]?.resolve();
    expect(await again).toEqual([]);
    expect(network.index.size).toBe(2);
  });
});
