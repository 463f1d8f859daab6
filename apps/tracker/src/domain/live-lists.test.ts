import { catalogueQuerySchema } from '@enxame/shared/tracker/catalogue-query';
import { expect, it } from 'vitest';
import { createMemoryCatalogueStore } from '../store/memory-catalogue-store.js';
import { createMemoryUserStore } from '../store/memory-user-store.js';
import { createEntry } from '../test-kit/entries.js';
import { createFakeClock } from '../test-kit/fake-clock.js';
import { createTestSession } from '../test-kit/test-session.js';
import { listTickMs, rushRestMs } from './live-lists.js';
import { openNetwork } from './network.js';

const query = catalogueQuerySchema.parse({});
const window = { offset: 0, limit: 10 };

it('T35: many who watch one window are told in parts, and who asks again meanwhile is not told what it has', async () => {
  const clock = createFakeClock();
  const waiting: (() => void)[] = [];
  const network = await openNetwork({
    userStore: createMemoryUserStore(),
    catalogueStore: createMemoryCatalogueStore(),
    clock,
    turns: {
      begin: () => ({
        isDue: () => false,
        next: () =>
          new Promise<void>((resolve) => {
            waiting.push(resolve);
          }),
      }),
    },
    onLateFailure: (error) => {
      throw error;
    },
  });
  const ana = await createTestSession(network, 'Ana');
  const watchers = await Promise.all(
    Array.from({ length: 450 }, (_, index) => createTestSession(network, `Person ${String(index)}`)),
  );
  for (const { session } of watchers) network.lists.watch(session, 1, query, window);
  const entry = createEntry();
  await ana.announce(entry);
  clock.advance(listTickMs);
  const isTold = watchers.map((watcher) => watcher.take('catalogue:changed').length > 0);
  expect(isTold.filter(Boolean).length).toBe(200);

  const last = watchers[isTold.lastIndexOf(false)];
  if (!last) throw new Error('all were told');
  expect(network.lists.watch(last.session, 1, query, window).rows.map(({ id }) => id)).toEqual([entry.id]);
  // A change in the middle of it waits for its end.
  await ana.announce({ ...entry, name: 'another name' });
  clock.advance(60_000);
  while (waiting.length > 0) {
    waiting.shift()?.();
    await Promise.resolve();
  }
  const later = watchers.map((watcher) => watcher.take('catalogue:changed').length);
  expect(later).toEqual(watchers.map((watcher, index) => (isTold[index] || watcher === last ? 0 : 1)));

  clock.advance(60_000);
  while (waiting.length > 0) {
    waiting.shift()?.();
    await Promise.resolve();
  }
  for (const watcher of watchers) {
    const names = watcher.take('catalogue:changed').flatMap(({ diff }) => diff.upserted.map(({ name }) => name));
    expect(names).toEqual(['another name']);
  }
  await network.close();
});

it('T36: lists are told every two seconds while others wait to get in', async () => {
  const clock = createFakeClock();
  let isRush = true;
  const network = await openNetwork({
    userStore: createMemoryUserStore(),
    catalogueStore: createMemoryCatalogueStore(),
    clock,
    rush: { isOn: () => isRush },
    onLateFailure: (error) => {
      throw error;
    },
  });
  const [ana, bia] = [await createTestSession(network, 'Ana'), await createTestSession(network, 'Bia')];
  network.lists.watch(bia.session, 1, query, window);
  const toldAfter = async (ms: number): Promise<number> => {
    await ana.announce(createEntry());
    clock.advance(ms);
    return bia.take('catalogue:changed').length;
  };
  expect(await toldAfter(listTickMs)).toBe(1);
  expect(await toldAfter(rushRestMs - 1)).toBe(0);
  isRush = false;
  expect(await toldAfter(1)).toBe(1);
  expect(await toldAfter(listTickMs)).toBe(1);
  await network.close();
});
