import { entryIdSchema, type ContentId, type DeviceId, type EntryId, type UserId } from '@enxame/shared/ids';
import type { CatalogueChange } from './catalogue-store.js';
import { createCatalogueRecord, setRecordEntry, type CatalogueRecord } from './catalogue-record.js';
import { createCatalogueViews, type CatalogueViews } from './catalogue-views.js';
import type { PersonRecord } from './person.js';

/** Told of what the lists of the catalogue do not tell by themselves. */
export interface CatalogueListener {
  /** Entries came, went or changed. */
  entriesChanged(owner: PersonRecord): void;
  /** A device became a source of a content, or ceased to be one; these records show the count. */
  sourcesChanged(contentId: ContentId, records: Iterable<CatalogueRecord>): void;
}

export interface CatalogueIndex {
  readonly views: CatalogueViews;
  readonly size: number;
  get(id: EntryId): CatalogueRecord | undefined;
  /** The entry with this id, or any entry of the content with it. */
  find(id: EntryId | ContentId): CatalogueRecord | undefined;
  ownedBy(userId: UserId): ReadonlyMap<EntryId, CatalogueRecord>;
  announcedBy(deviceId: DeviceId): ReadonlySet<CatalogueRecord>;
  hasContent(contentId: ContentId): boolean;
  /** The devices that can serve the content now. */
  sourcesOf(contentId: ContentId): Iterable<DeviceId>;
  /** Makes the index what is on disk now. */
  apply(owner: PersonRecord, change: CatalogueChange): void;
  /** A device that is online is a source of all that it announced. */
  setDeviceOnline(deviceId: DeviceId, online: boolean): void;
}

/** All entries with one content. */
interface ContentGroup {
  readonly records: Set<CatalogueRecord>;
  /** The devices online that announced the content, with in how many entries each did. */
  readonly online: Map<DeviceId, number>;
}

/**
 * The whole catalogue in memory. Owns the records, and by what they are found; knows nothing of disks and sessions.
 * Every change keeps the order: out of the lists, changed, into the lists.
 */
export function createCatalogueIndex(listener: CatalogueListener): CatalogueIndex {
  const records = new Map<EntryId, CatalogueRecord>();
  const byOwner = new Map<UserId, Map<EntryId, CatalogueRecord>>();
  const byDevice = new Map<DeviceId, Set<CatalogueRecord>>();
  const groups = new Map<ContentId, ContentGroup>();
  const devicesOnline = new Set<DeviceId>();
  const views = createCatalogueViews(() => records.values());

  /** Counts one entry of a device in (+1) or out (-1). True when the device came or went as a source. */
  function countSource(group: ContentGroup, deviceId: DeviceId, by: 1 | -1): boolean {
    const count = (group.online.get(deviceId) ?? 0) + by;
    if (count > 0) group.online.set(deviceId, count);
    else group.online.delete(deviceId);
    return by === 1 ? count === 1 : count === 0;
  }

  function showSources(contentId: ContentId, group: ContentGroup): void {
    const outdated = [...group.records].filter((record) => record.sources !== group.online.size);
    views.setSources(outdated, group.online.size);
    listener.sourcesChanged(contentId, outdated);
  }

  /** Enters a record, which is in no list, under its content and its devices, and into the lists. */
  function link(record: CatalogueRecord): void {
    const { contentId, devices } = record.entry;
    const group = getOrMake(groups, contentId, createGroup);
    let changed = false;
    for (const deviceId of devices) {
      getOrMake(byDevice, deviceId, () => new Set()).add(record);
      if (devicesOnline.has(deviceId)) changed = countSource(group, deviceId, 1) || changed;
    }
    record.sources = group.online.size;
    group.records.add(record);
    views.insert(record);
    if (changed) showSources(contentId, group);
  }

  function unlink(record: CatalogueRecord): void {
    const { contentId, devices } = record.entry;
    const group = groups.get(contentId);
    if (!group) return;
    views.delete(record);
    group.records.delete(record);
    let changed = false;
    for (const deviceId of devices) {
      const announced = byDevice.get(deviceId);
      announced?.delete(record);
      if (announced?.size === 0) byDevice.delete(deviceId);
      if (devicesOnline.has(deviceId)) changed = countSource(group, deviceId, -1) || changed;
    }
    if (group.records.size === 0) groups.delete(contentId);
    if (changed) showSources(contentId, group);
  }

  return {
    views,
    get size() {
      return records.size;
    },
    get: (id) => records.get(id),
    find: (id) => {
      if (isEntryId(id)) return records.get(id);
      const [record] = groups.get(id)?.records ?? [];
      return record;
    },
    ownedBy: (userId) => byOwner.get(userId) ?? new Map(),
    announcedBy: (deviceId) => byDevice.get(deviceId) ?? new Set(),
    hasContent: (contentId) => groups.has(contentId),
    sourcesOf: (contentId) => groups.get(contentId)?.online.keys() ?? [],
    apply: (owner, { put, remove }) => {
      const owned = getOrMake(byOwner, owner.id, () => new Map<EntryId, CatalogueRecord>());
      for (const id of remove) {
        const record = owned.get(id);
        if (!record) continue;
        unlink(record);
        records.delete(id);
        owned.delete(id);
      }
      for (const entry of put) {
        const known = owned.get(entry.id);
        if (known) {
          unlink(known);
          setRecordEntry(known, entry);
          link(known);
        } else {
          const record = createCatalogueRecord(entry, owner);
          records.set(entry.id, record);
          owned.set(entry.id, record);
          link(record);
        }
      }
      if (owned.size === 0) byOwner.delete(owner.id);
      listener.entriesChanged(owner);
    },
    setDeviceOnline: (deviceId, online) => {
      if (devicesOnline.has(deviceId) === online) return;
      if (online) devicesOnline.add(deviceId);
      else devicesOnline.delete(deviceId);
      for (const record of byDevice.get(deviceId) ?? []) {
        const { contentId } = record.entry;
        const group = groups.get(contentId);
        if (group && countSource(group, deviceId, online ? 1 : -1)) showSources(contentId, group);
      }
    },
  };
}

const createGroup = (): ContentGroup => ({ records: new Set(), online: new Map() });

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

const isEntryId = (id: EntryId | ContentId): id is EntryId => entryIdSchema.safeParse(id).success;
