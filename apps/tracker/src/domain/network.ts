import { randomBytes, randomInt } from 'node:crypto';
import type { ContentId, UserId } from '@enxame/shared/ids';
import { createAllEntries, type AllEntries } from './all-entries.js';
import { createCatalogue, type Catalogue, type RefuseEntry } from './catalogue.js';
import { createCatalogueIndex, type CatalogueIndex } from './catalogue-index.js';
import type { CatalogueStore, ReadColumns } from './catalogue-store.js';
import type { SourceOffer } from '@enxame/shared/tracker/requests';
import type { Clock } from './clock.js';
import type { Keeper } from './keeper.js';
import { toEntryColumns } from './entry-columns.js';
import { createLiveLists, type LiveLists } from './live-lists.js';
import { createPeople, type People } from './people.js';
import { createPresence, type Presence } from './presence.js';
import { noRush, type Rush } from './rush.js';
import { pushToEach, type PushAll, type Session } from './session.js';
import { createMemorySearchRecords, type SavedSearchRecords } from './saved-search-record.js';
import { createSavedSearches, type SavedSearches } from './saved-searches.js';
import { createReaderCatalogue, type ReaderCatalogue } from './restricted/reader-catalogue.js';
import { createRestrictedEntries } from './restricted/restricted-entries.js';
import { createRestrictedSources } from './restricted/restricted-sources.js';
import { createComparisons, type Comparisons } from './compare-entries.js';
import { createSourceOffers } from './source-offers.js';
import { createSourceWatches, type SourceWatches } from './source-watches.js';
import { splitByAudience } from './stored-entry.js';
import { unhurried, type Turns } from './turns.js';
import type { User } from './user.js';
import { openUserRegistry, type UserRegistry } from './user-registry.js';
import type { UserStore } from './user-store.js';

/** One network of people: everything that the tracker knows, without the sockets and the disk. */
export interface Network {
  readonly users: UserRegistry;
  readonly people: People;
  /** What is for everybody. */
  readonly index: CatalogueIndex;
  /** The same, and what is for who reads: every answer to somebody comes from here. */
  readonly reading: ReaderCatalogue;
  /** All of it, whoever may see it: for owners and administrators. */
  readonly entries: AllEntries;
  readonly comparisons: Comparisons;
  readonly catalogue: Catalogue;
  readonly lists: LiveLists;
  readonly sources: SourceWatches;
  readonly presence: Presence;
  readonly searches: SavedSearches;
  register(userId: UserId, userKey: string, name: string): Promise<User>;
  /** Contents that this session's device can serve without an entry. Throws as `SourceOffers.offer`. */
  offer(session: Session, offers: readonly SourceOffer[]): void;
  retract(session: Session, contentIds: readonly ContentId[]): void;
  /** From now on the tracker itself is a source of what it hosts. Called once. */
  attachKeeper(keeper: Keeper): void;
  /** The tracker hosts these contents now, or no more. */
  hostedChanged(contentIds: readonly ContentId[]): void;
  /** The person's entries are gone already: what is left of them on disk goes too. */
  forgetCatalogue(userId: UserId): Promise<void>;
  /** The person is nobody here any more. After everything that is theirs. */
  forgetUser(userId: UserId): Promise<void>;
  /** Ends what belongs to a session: its presence, its watches and its offers. Twice without harm. */
  closeSession(session: Session): void;
  /** Sends nothing more, and finishes what is being written. */
  close(): Promise<void>;
}

export async function openNetwork(deps: {
  readonly userStore: UserStore;
  readonly catalogueStore: CatalogueStore;
  readonly clock: Clock;
  /** Otherwise nothing is done in pieces. */
  readonly turns?: Turns;
  /** Otherwise there is never one. */
  readonly rush?: Rush;
  /** Otherwise each session gets its own message. */
  readonly pushAll?: PushAll;
  /** For tests; otherwise `defaultNarrowRows`. */
  readonly narrowRows?: number;
  /** Otherwise, in tests, saved searches last as long as the process. */
  readonly searchRecords?: SavedSearchRecords;
  /** Otherwise everybody may announce everything. */
  readonly refuseEntry?: RefuseEntry;
  /** Otherwise every name that nobody has is free. */
  readonly isNameBlocked?: (name: string) => boolean;
  readonly onLateFailure: (error: unknown) => void;
}): Promise<Network> {
  const { clock, catalogueStore, turns = unhurried, rush = noRush, pushAll = pushToEach } = deps;
  const users = await openUserRegistry({
    store: deps.userStore,
    clock,
    onLateFailure: deps.onLateFailure,
    isBlocked: deps.isNameBlocked,
  });
  const people = createPeople(clock, pushAll, {
    turns,
    rush,
    ownCounts: (reader) => (reading.isReader(reader) ? restricted.countsFor(reader) : undefined),
    onInternal: deps.onLateFailure,
  });
  const offers = createSourceOffers(
    (contentId) => !index.hasContent(contentId) && restrictedSources.hasContent(contentId, 'tracker'),
  );
  let keeper: Keeper | undefined;
  const restricted = createRestrictedEntries({
    readersTouched: (readers) => {
      lists.touchReaders(readers);
      people.markChanged();
    },
    entryCame: (id, readers) => {
      searches.entryCame(id, readers);
    },
    contentTouched: (contentId) => {
      sources.markChanged(contentId);
    },
  });
  const index: CatalogueIndex = createCatalogueIndex({
    holders: function* (contentId) {
      yield* offers.holders(contentId, true);
      if (keeper?.has(contentId)) yield keeper.source.deviceId;
    },
    turns,
    hashSeed: randomInt(2 ** 32),
    narrowRows: deps.narrowRows,
    onInternal: deps.onLateFailure,
    listener: {
      entriesChanged: (owner) => {
        people.setEntryCount(owner.id, index.countOf(owner));
        lists.markChanged();
      },
      rowsTouched: (rows) => {
        lists.touchRows(rows);
      },
      entryCame: (id) => {
        searches.entryCame(id);
      },
      contentsTouched: (contentIds) => {
        lists.touchContents(contentIds);
      },
      sourcesChanged: (contentId) => {
        sources.markChanged(contentId);
        restricted.holdersChanged([contentId]);
      },
    },
  });
  const entries = createAllEntries(index, restricted);
  const reading = createReaderCatalogue({
    index,
    restricted,
    sourcesOf: function* (contentId, reader) {
      yield* index.sourcesOf(contentId);
      yield* restrictedSources.sourcesOf(contentId, reader, true);
      if (keeper?.has(contentId)) yield keeper.source.deviceId;
    },
  });
  const lists = createLiveLists({
    views: index.views,
    catalogue: reading,
    show: (row, byContent) => ({ shown: index.show(row, byContent), owner: index.table.ownerOf(row) }),
    clock,
    pushAll,
    turns,
    rush,
    onInternal: deps.onLateFailure,
  });
  const presence = createPresence({
    deviceOnline: (deviceId) => {
      index.setDeviceOnline(deviceId, true);
      restricted.deviceChanged(deviceId);
    },
    deviceOffline: (deviceId) => {
      index.setDeviceOnline(deviceId, false);
      restricted.deviceChanged(deviceId);
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
  const restrictedSources = createRestrictedSources({ restricted, offers, presence });
  const sources = createSourceWatches({
    index,
    restricted: restrictedSources,
    offers,
    presence,
    clock,
    keeper: () => keeper,
  });
  const searches = createSavedSearches({
    records: deps.searchRecords ?? createMemorySearchRecords(),
    index,
    restricted,
    find: (id, reader) => reading.find(id, reader),
    clock,
    turns,
    randomId: () => randomBytes(16).toString('base64url'),
    tell: (userId, search) => {
      const sessions = [...presence.sessions()].filter(({ user }) => user.id === userId);
      pushAll(sessions, 'search:found', search);
    },
    onLateFailure: deps.onLateFailure,
  });
  const catalogue = createCatalogue({ entries, store: catalogueStore, turns, refuse: deps.refuseEntry });

  await catalogueStore.open();
  for await (const read of catalogueStore.readAll(Array.from(users.values(), ({ id }) => id))) {
    showPerson(users.get(read.userId) as User, read);
  }
  index.views.prepare();
  /** Users whose catalogues are being read: who registers twice at once is added once. */
  const adding = new Map<UserId, Promise<void>>();

  /** A catalogue whose user was not known is shown again when the user's key registers again. */
  async function addPerson(user: User): Promise<void> {
    const { open, restricted: closed } = splitByAudience(await catalogueStore.read(user.id));
    showPerson(user, { columns: toEntryColumns(open), restricted: closed });
  }

  function showPerson(user: User, read: Pick<ReadColumns, 'columns' | 'restricted'>): void {
    const person = people.add(user);
    index.load(person, read.columns);
    restricted.load(read.restricted, person);
    people.setEntryCount(person.id, index.countOf(person));
    lists.markChanged();
  }

  function setOnline(userId: UserId, online: boolean): void {
    people.setOnline(userId, online);
    const person = people.get(userId);
    if (person) lists.touchOwner(person);
    restricted.ownerChanged(userId);
  }

  function holdersChanged(contentIds: readonly ContentId[]): void {
    index.holdersChanged(contentIds);
    restricted.holdersChanged(contentIds);
    for (const contentId of contentIds) sources.markChanged(contentId);
  }

  return {
    users,
    people,
    index,
    reading,
    entries,
    comparisons: createComparisons(index, restricted, turns),
    catalogue,
    lists,
    sources,
    presence,
    searches,
    register: async (userId, userKey, name) => {
      const user = await users.register(userId, userKey, name);
      if (!people.get(userId)) {
        const done = adding.get(userId) ?? addPerson(user).finally(() => adding.delete(userId));
        adding.set(userId, done);
        await done;
      }
      return user;
    },
    attachKeeper: (attached) => {
      keeper = attached;
      index.setDeviceOnline(attached.source.deviceId, true);
    },
    hostedChanged: holdersChanged,
    offer: (session, list) => {
      holdersChanged(offers.offer(session, list));
    },
    retract: (session, contentIds) => {
      holdersChanged(offers.retract(session, contentIds));
    },
    forgetCatalogue: (userId) => catalogueStore.forget(userId),
    forgetUser: async (userId) => {
      await users.remove(userId);
      people.remove(userId);
    },
    closeSession: (session) => {
      lists.closeSession(session);
      sources.closeSession(session);
      people.closeSession(session);
      presence.close(session);
      holdersChanged(offers.closeSession(session));
    },
    close: async () => {
      lists.close();
      sources.close();
      people.close();
      await catalogue.close();
      await searches.close();
      await users.close();
    },
  };
}
