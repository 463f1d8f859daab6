import { maxAnnouncementsShown, type Announcement } from '@enxame/shared/tracker/admin';
import { addRecord } from '../domain/records.js';
import { keyOf, recordsOf, type AdminRecords } from './admin-records.js';

/** What administrators said to all; the last few are kept for those who were away. */
export interface Announcements {
  add(announcement: Announcement): Promise<void>;
  /** The latest first. */
  list(): Announcement[];
}

export function createAnnouncements(records: AdminRecords): Announcements {
  const all = (): Announcement[] => recordsOf(records, 'announcement').map(({ announcement }) => announcement);
  return {
    add: async (announcement) => {
      await addRecord(records, keyOf('announcement', announcement.id), { kind: 'announcement', announcement });
      for (const { id } of all().slice(0, -maxAnnouncementsShown)) await records.delete(keyOf('announcement', id));
    },
    // While the oldest is being removed there is one more.
    list: () => all().slice(-maxAnnouncementsShown).reverse(),
  };
}
