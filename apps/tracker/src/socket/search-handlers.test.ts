import { afterEach, beforeEach, expect, it } from 'vitest';
import { createContentId, createEntry } from '../test-kit/entries.js';
import { startTestTracker, type TestTracker } from '../test-kit/test-tracker.js';

let net: TestTracker;
beforeEach(async () => {
  net = await startTestTracker();
});
afterEach(() => net.close());

it('T72: a search saved before a restart tells, over the wire, what came after it', async () => {
  const ana = await net.join('Ana');
  const saved = await ana.request('search:save', { name: 'honey', query: { text: 'mel' } });
  await net.restart();
  const again = await net.connect(ana.user);
  await again.open();
  const rui = await net.join('Rui');
  const entry = createEntry({ name: 'Mel de laranjeira.pdf' });
  await rui.request('entries:announce', { entries: [createEntry({ name: 'Queijo.pdf' }), entry] });
  const found = await again.pushed('search:found');
  expect(found).toMatchObject({ id: saved.id, name: 'honey', unseen: 1, found: [{ id: entry.id, name: entry.name }] });
  await again.request('search:seen', { id: saved.id });
  expect((await again.request('search:list', {})).searches).toMatchObject([{ id: saved.id, unseen: 0, found: [] }]);
  await again.request('search:forget', { id: saved.id });
  expect((await again.request('search:list', {})).searches).toEqual([]);
});

it('T70, T71: a list by contents goes on from its cursor, over the wire', async () => {
  const [ana, rui] = [await net.join('Ana'), await net.join('Rui')];
  const contentIds = Array.from({ length: 5 }, createContentId);
  for (const device of [ana, rui]) {
    const entries = contentIds.map((contentId, index) => createEntry({ contentId, name: `file ${String(index)}` }));
    await device.request('entries:announce', { entries });
  }
  const asked = {
    query: { group: 'content', sort: 'name', descending: false },
    window: { offset: 0, limit: 3 },
  } as const;
  const first = await ana.request('catalogue:list', asked);
  const { next: cursor, ...page } = first;
  const second = await ana.request('catalogue:list', { ...asked, ...(cursor && { cursor }) });
  expect([...page.rows, ...second.rows].map(({ contentId, owners }) => [contentId, owners])).toEqual(
    contentIds.map((contentId) => [contentId, 2]),
  );
  expect([page.total, second.next]).toEqual([5, null]);
  const wrong = { ...asked, cursor: 'AAAA' };
  await expect(ana.request('catalogue:list', wrong)).rejects.toMatchObject({ code: 'bad-request' });
});
