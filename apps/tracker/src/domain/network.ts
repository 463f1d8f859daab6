import type { UserId } from '@enxame/shared/ids';
import { createCatalogue, type Catalogue } from './catalogue.js';
import { createCatalogueIndex, type CatalogueIndex } from './catalogue-index.js';
import type { CatalogueStore } from './catalogue-store.js';
import type { Clock } from './clock.js';
import { createLiveLists, type LiveLists } from './live-lists.js';
import { createPeople, type People } from './people.js';
import { createPresence, type Presence } from './presence.js';
import type { Session } from './session.js';
import { createSourceWatches, type SourceWatches } from './source-watches.js';
import type { StoredEntry } from './stored-entry.js';
import type { User } from './user.js';
import { openUserRegistry, type UserRegistry } from './user-registry.js';
import type { UserStore } from './user-store.js';

/** One network of people: everything that the tracker knows, without the sockets and the disk. */
export interface Network {
  readonly users: UserRegistry;
  readonly people: People;
  readonly index: CatalogueIndex;
  readonly catalogue: Catalogue;
  readonly lists: LiveLists;
  readonly sources: SourceWatches;
  readonly presence: Presence;
  register(userId: UserId, userKey: string, name: string): Promise<User>;
  /** Ends what belongs to a session: its presence and its watches. Twice without harm. */
  closeSession(session: Session): void;
  /** Sends nothing more, and finishes what is being written. */
  close(): Promise<void>;
}

export async function openNetwork(deps: {
  readonly userStore: UserStore;
  readonly catalogueStore: CatalogueStore;
  readonly clock: Clock;
  readonly onLateFailure: (error: unknown) => void;
}): Promise<Network> {
  const { clock } = deps;
  const users = await openUserRegistry({ store: deps.userStore, clock, onLateFailure: deps.onLateFailure });
  const people = createPeople(clock);
  const index: CatalogueIndex = createCatalogueIndex({
    entriesChanged: (owner) => {
      people.setEntryCount(owner.id, index.ownedBy(owner.id).size);
      lists.markChanged();
    },
    sourcesChanged: (contentId, records) => {
      lists.touchRecords(records);
      sources.markChanged(contentId);
    },
  });
  const lists = createLiveLists(index.views, clock);
  const presence = createPresence({
    deviceOnline: (deviceId) => {
      index.setDeviceOnline(deviceId, true);
    },
    deviceOffline: (deviceId) => {
      index.setDeviceOnline(deviceId, false);
    },
    addressesChanged: (deviceId) => {
      sources.markMoved(deviceId);
    },
    userOnline: (userId) => {
      setOnline(userId, true);
    },
    userOffline: (userId) => {
      setOnline(userId, false);
      users.seen(userId);
    },
  });
  const sources = createSourceWatches({ index, presence, clock });
  const catalogue = createCatalogue({ index, store: deps.catalogueStore });

  /** Catalogues whose user is not known: kept, and shown again when the user's key registers again. */
  const orphans = new Map<UserId, readonly StoredEntry[]>(await deps.catalogueStore.load());
  for (const user of users.values()) addPerson(user);

  function addPerson(user: User): void {
    const person = people.add(user);
    index.apply(person, { put: orphans.get(user.id) ?? [], remove: [] });
    orphans.delete(user.id);
  }

  function setOnline(userId: UserId, online: boolean): void {
    people.setOnline(userId, online);
    const person = people.get(userId);
    if (person) lists.touchOwner(person);
  }

  return {
    users,
    people,
    index,
    catalogue,
    lists,
    sources,
    presence,
    register: async (userId, userKey, name) => {
      const user = await users.register(userId, userKey, name);
      if (!people.get(userId)) addPerson(user);
      return user;
    },
    closeSession: (session) => {
      lists.closeSession(session);
      sources.closeSession(session);
      people.closeSession(session);
      presence.close(session);
    },
    close: async () => {
      lists.close();
      sources.close();
      people.close();
      await catalogue.close();
      await users.close();
    },
  };
}
