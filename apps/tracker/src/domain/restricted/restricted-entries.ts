import type { ContentId, DeviceId, EntryId, UserId } from '@enxame/shared/ids';
import type { PersonRecord } from '../person.js';
import type { StoredEntry } from '../stored-entry.js';
import { createRestrictedEntry, type RestrictedEntry } from './restricted-entry.js';

/** Told of what changed for whom. */
export interface RestrictedListener {
  /** What these people may see is another, or looks different. */
  readersTouched(readers: Iterable<UserId>): void;
  /** An entry is there for people to whom it was not, or has another name now. */
  entryCame(id: EntryId, readers: ReadonlySet<UserId>): void;
  /** Its sources, or who may have it, are others. */
  contentTouched(contentId: ContentId): void;
}

/**
 * The entries that are for chosen people (T140), beside the catalogue, which knows nothing of them: whatever reads the
 * catalogue alone cannot give one away. Owns the entries and who may read each. Every reading says who reads; what
 * says nothing of a reader is for the owner's own changes, and for the tracker itself.
 */
export interface RestrictedEntries {
  get(id: EntryId): RestrictedEntry | undefined;
  ofContent(contentId: ContentId): Iterable<RestrictedEntry>;
  ofOwner(userId: UserId): ReadonlySet<RestrictedEntry>;
  ofDevice(deviceId: DeviceId): ReadonlySet<RestrictedEntry>;
  /** All that a person may see, their own among it. */
  readBy(reader: UserId): ReadonlySet<RestrictedEntry>;
  hasContent(contentId: ContentId, reader: UserId): boolean;
  /** How many a person may see of each owner. */
  countsFor(reader: UserId): ReadonlyMap<UserId, number>;
  put(entry: StoredEntry, owner: PersonRecord): void;
  remove(id: EntryId, owner: PersonRecord): void;
  /** What is on disk when the tracker starts. Nobody is told. */
  load(entries: readonly StoredEntry[], owner: PersonRecord): void;
  /** A device came or left: what it announced has other sources. */
  deviceChanged(deviceId: DeviceId): void;
  /** A person came or left: their entries look different. */
  ownerChanged(userId: UserId): void;
  /** Other devices hold these contents now. */
  holdersChanged(contentIds: readonly ContentId[]): void;
}

const none: ReadonlySet<RestrictedEntry> = new Set();

export function createRestrictedEntries(listener: RestrictedListener): RestrictedEntries {
  const byId = new Map<EntryId, RestrictedEntry>();
  const byContent = new Map<ContentId, Set<RestrictedEntry>>();
  const byOwner = new Map<UserId, Set<RestrictedEntry>>();
  const byDevice = new Map<DeviceId, Set<RestrictedEntry>>();
  const byReader = new Map<UserId, Set<RestrictedEntry>>();

  function insert(restricted: RestrictedEntry): void {
    const { entry, owner, readers } = restricted;
    byId.set(entry.id, restricted);
    addTo(byContent, entry.contentId, restricted);
    addTo(byOwner, owner.id, restricted);
    for (const deviceId of entry.devices) addTo(byDevice, deviceId, restricted);
    for (const reader of readers) addTo(byReader, reader, restricted);
  }

  function take(restricted: RestrictedEntry): void {
    const { entry, owner, readers } = restricted;
    byId.delete(entry.id);
    deleteFrom(byContent, entry.contentId, restricted);
    deleteFrom(byOwner, owner.id, restricted);
    for (const deviceId of entry.devices) deleteFrom(byDevice, deviceId, restricted);
    for (const reader of readers) deleteFrom(byReader, reader, restricted);
  }

  function tell(changed: Iterable<RestrictedEntry>): void {
    const readers = new Set<UserId>();
    const contents = new Set<ContentId>();
    for (const restricted of changed) {
      contents.add(restricted.entry.contentId);
      for (const reader of restricted.readers) readers.add(reader);
    }
    if (readers.size > 0) listener.readersTouched(readers);
    for (const contentId of contents) listener.contentTouched(contentId);
  }

  return {
    get: (id) => byId.get(id),
    ofContent: (contentId) => byContent.get(contentId) ?? none,
    ofOwner: (userId) => byOwner.get(userId) ?? none,
    ofDevice: (deviceId) => byDevice.get(deviceId) ?? none,
    readBy: (reader) => byReader.get(reader) ?? none,
    hasContent: (contentId, reader) => {
      for (const { readers } of byContent.get(contentId) ?? none) if (readers.has(reader)) return true;
      return false;
    },
    countsFor: (reader) => {
      const counts = new Map<UserId, number>();
      for (const { owner } of byReader.get(reader) ?? none) counts.set(owner.id, (counts.get(owner.id) ?? 0) + 1);
      return counts;
    },
    put: (entry, owner) => {
      const known = byId.get(entry.id);
      const now = createRestrictedEntry(entry, owner);
      if (known) take(known);
      insert(now);
      const isSameName = known?.entry.name === entry.name;
      const came = isSameName ? new Set([...now.readers].filter((reader) => !known.readers.has(reader))) : now.readers;
      if (came.size > 0) listener.entryCame(entry.id, came);
      tell(known ? [known, now] : [now]);
    },
    remove: (id, owner) => {
      const known = byId.get(id);
      if (known?.owner !== owner) return;
      take(known);
      tell([known]);
    },
    load: (entries, owner) => {
      for (const entry of entries) if (!byId.has(entry.id)) insert(createRestrictedEntry(entry, owner));
    },
    deviceChanged: (deviceId) => {
      tell(byDevice.get(deviceId) ?? none);
    },
    ownerChanged: (userId) => {
      tell(byOwner.get(userId) ?? none);
    },
    holdersChanged: (contentIds) => {
      if (byContent.size === 0) return;
      tell(contentIds.flatMap((contentId) => [...(byContent.get(contentId) ?? none)]));
    },
  };
}

function addTo<K>(sets: Map<K, Set<RestrictedEntry>>, key: K, restricted: RestrictedEntry): void {
  const set = sets.get(key);
  if (set) set.add(restricted);
  else sets.set(key, new Set([restricted]));
}

function deleteFrom<K>(sets: Map<K, Set<RestrictedEntry>>, key: K, restricted: RestrictedEntry): void {
  const set = sets.get(key);
  set?.delete(restricted);
  if (set?.size === 0) sets.delete(key);
}
