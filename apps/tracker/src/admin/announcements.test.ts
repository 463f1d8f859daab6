import { maxAnnouncementsShown } from '@enxame/shared/tracker/admin';
import { expect, it } from 'vitest';
import type { AdminRecord } from './admin-records.js';
import { createAnnouncements } from './announcements.js';

it('T107: no more are listed than are kept, also while the oldest is being removed', () => {
  const kept = new Map<string, AdminRecord>();
  const announcements = createAnnouncements({
    get: (key) => kept.get(key),
    values: () => kept.values(),
    get size() {
      return kept.size;
    },
    set: (key, record) => {
      kept.set(key, record);
      return Promise.resolve();
    },
    delete: () => new Promise(() => undefined), // a disk that takes its time
  });
  const texts = Array.from({ length: maxAnnouncementsShown + 3 }, (_, index) => String(index));
  for (const text of texts) void announcements.add({ id: text, text, at: 0, by: 'Ana' });
  expect(announcements.list().map(({ text }) => text)).toEqual(texts.toReversed().slice(0, maxAnnouncementsShown));
});
