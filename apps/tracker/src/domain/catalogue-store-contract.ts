import type { UserId } from '@enxame/shared/ids';
import { describe, expect, it } from 'vitest';
import { createEntry } from '../test-kit/entries.js';
import { createTestUser } from '../test-kit/test-user.js';
import type { CatalogueStore } from './catalogue-store.js';
import type { StoredEntry } from './stored-entry.js';

/** A place where catalogues rest, which can be left and come back to. */
export interface CatalogueStorePlace {
  open(): CatalogueStore;
  remove(): Promise<void>;
}

const ana = createTestUser();
const rui = createTestUser();
export const createStoredEntry = (name: string): StoredEntry => ({ ...createEntry({ name }), devices: [ana.deviceId] });

/** What every CatalogueStore does. */
export function testCatalogueStore(kind: string, createPlace: () => Promise<CatalogueStorePlace>): void {
  describe(`the catalogue store (${kind})`, () => {
    async function inPlace(
      test: (store: CatalogueStore, entriesOf: (userId: UserId) => Promise<readonly StoredEntry[]>) => Promise<void>,
    ): Promise<void> {
      const place = await createPlace();
      const store = place.open();
      await store.open();
      const entriesOf = async (userId: UserId): Promise<readonly StoredEntry[]> => {
        const other = place.open();
        await other.open();
        const entries = await other.read(userId);
        await other.close();
        return entries;
      };
      try {
        await test(store, entriesOf);
      } finally {
        await store.close();
        await place.remove();
      }
    }
    const [first, second, third] = [createStoredEntry('1'), createStoredEntry('2'), createStoredEntry('3')];

    it('T15: has what was committed as soon as that is acknowledged, each user’s apart', () =>
      inPlace(async (store, entriesOf) => {
        expect(await entriesOf(ana.userId)).toEqual([]);
        await store.commit(ana.userId, { put: [first, second], remove: [], outdated: 0 });
        await store.commit(rui.userId, { put: [third], remove: [], outdated: 0 });
        expect(await entriesOf(ana.userId)).toEqual([first, second]);
        expect(await entriesOf(rui.userId)).toEqual([third]);
      }));

    it('T15: removes, replaces, and passes over what is not there', () =>
      inPlace(async (store, entriesOf) => {
        await store.commit(ana.userId, { put: [first, second], remove: [], outdated: 0 });
        const renamed = { ...second, name: 'other', sha256: '0'.repeat(64) };
        await store.commit(ana.userId, { put: [renamed], remove: [first.id, third.id], outdated: 0 });
        expect(await entriesOf(ana.userId)).toEqual([renamed]);
        await store.commit(ana.userId, { put: [], remove: [second.id], outdated: 0 });
        expect(await entriesOf(ana.userId)).toEqual([]);
      }));

    it('T15: keeps the changes that come at once, in their order', () =>
      inPlace(async (store, entriesOf) => {
        const entries = Array.from({ length: 20 }, (_, index) => createStoredEntry(String(index)));
        await Promise.all([
          ...entries.map((entry) => store.commit(ana.userId, { put: [entry], remove: [], outdated: 0 })),
          store.commit(ana.userId, { put: [], remove: entries.slice(5).map(({ id }) => id), outdated: 0 }),
          store.commit(ana.userId, { put: entries.slice(10, 11), remove: [], outdated: 0 }),
        ]);
        expect(await entriesOf(ana.userId)).toEqual([...entries.slice(0, 5), entries[10]]);
      }));

    it('T121: forgets one user, and takes them again', () =>
      inPlace(async (store, entriesOf) => {
        await store.commit(ana.userId, { put: [first, second], remove: [], outdated: 0 });
        await store.commit(rui.userId, { put: [third], remove: [], outdated: 0 });
        await store.forget(ana.userId);
        await store.forget(ana.userId);
        expect([await entriesOf(ana.userId), await entriesOf(rui.userId)]).toEqual([[], [third]]);
        await store.commit(ana.userId, { put: [second], remove: [], outdated: 0 });
        expect(await entriesOf(ana.userId)).toEqual([second]);
      }));

    it('T15: brings names of every script back', () =>
      inPlace(async (store, entriesOf) => {
        const names = ['Relação final.pdf', 'مرحبا.txt', '写真🦊.jpg', '__proto__', "it's"];
        await store.commit(ana.userId, { put: names.map(createStoredEntry), remove: [], outdated: 0 });
        expect((await entriesOf(ana.userId)).map(({ name }) => name)).toEqual(names);
      }));
  });
}
