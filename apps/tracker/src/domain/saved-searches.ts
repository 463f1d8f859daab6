import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { EntryId, UserId } from '@enxame/shared/ids';
import type { CatalogueQuery } from '@enxame/shared/tracker/catalogue-query';
import {
  maxFoundShown,
  maxSavedSearches,
  savedSearchIdSchema,
  type SavedSearch,
  type SavedSearchId,
} from '@enxame/shared/tracker/saved-search';
import { toCatalogueFilter, type CatalogueFilter } from './catalogue-filter.js';
import type { CatalogueIndex } from './catalogue-index.js';
import { toCatalogueRow, type CatalogueRecord } from './catalogue-record.js';
import type { Clock } from './clock.js';
import { createGather } from './gather.js';
import type { SavedSearchRecord, SavedSearchRecords } from './saved-search-record.js';
import type { RestrictedEntries } from './restricted/restricted-entries.js';
import { scoreRestricted } from './restricted/restricted-entry.js';
import { SearchTriggers } from './search-triggers.js';
import { toNameWords } from './search-words.js';
import type { Turns } from './turns.js';

/** New entries are gathered this long before they are looked at: people are told of a batch once. */
export const searchTickMs = 1000;
/** What was found may be this much out of date after a crash; it is not worth a write each time. */
export const foundDelayMs = 30_000;

/** Searches that tell their owner when something new matches (T72). Owns the searches; knows nothing of sessions. */
export interface SavedSearches {
  /** On disk when it resolves. Throws `bad-request`, `too-large`, and what the records throw. */
  save(userId: UserId, name: string, query: CatalogueQuery): Promise<SavedSearch>;
  list(userId: UserId): SavedSearch[];
  seen(userId: UserId, id: SavedSearchId): void;
  forget(userId: UserId, id: SavedSearchId): Promise<void>;
  /** All that a person saved goes: they leave. */
  forgetUser(userId: UserId): Promise<void>;
  /** An entry is there that was not, or has another name now: for everybody, or for these people. */
  entryCame(id: EntryId, readers?: ReadonlySet<UserId>): void;
  /** Resolves when all that came was looked at. */
  settled(): Promise<void>;
  /** Tells nothing more, and writes what waits. */
  close(): Promise<void>;
}

interface Kept {
  record: SavedSearchRecord;
  readonly filter: CatalogueFilter;
}

export function createSavedSearches(deps: {
  readonly records: SavedSearchRecords;
  readonly index: Pick<CatalogueIndex, 'table' | 'get' | 'views'>;
  readonly restricted: Pick<RestrictedEntries, 'get'>;
  /** The entry as this person may see it. */
  readonly find: (id: EntryId, reader: UserId) => CatalogueRecord | undefined;
  readonly clock: Clock;
  readonly turns: Turns;
  readonly randomId: () => string;
  readonly tell: (userId: UserId, search: SavedSearch) => void;
  readonly onLateFailure: (error: unknown) => void;
}): SavedSearches {
  const { records, index, clock } = deps;
  const searchesOf = new Map<UserId, Map<SavedSearchId, Kept>>();
  const triggers = new SearchTriggers<Kept>();
  const unsaved = new Set<Kept>();
  /** For whom each is news; undefined: for everybody. */
  let came = new Map<EntryId, ReadonlySet<UserId> | undefined>();
  let looking = Promise.resolve();
  let cancelSave: (() => void) | undefined;
  const arrivals = createGather(clock, searchTickMs, () => {
    looking = looking.then(look).catch(deps.onLateFailure);
  });
  for (const record of records.values()) keep(record);

  function keep(record: SavedSearchRecord): Kept {
    const kept: Kept = { record, filter: toCatalogueFilter({ ...record.query, group: undefined }) };
    const own = searchesOf.get(record.userId) ?? new Map<SavedSearchId, Kept>();
    searchesOf.set(record.userId, own.set(record.id, kept));
    triggers.add(kept.filter, kept);
    return kept;
  }

  function drop(kept: Kept): void {
    const { userId, id } = kept.record;
    const own = searchesOf.get(userId);
    own?.delete(id);
    if (own?.size === 0) searchesOf.delete(userId);
    triggers.delete(kept.filter, kept);
    unsaved.delete(kept);
  }

  function show({ record }: Kept): SavedSearch {
    const { userId, found, ...rest } = record;
    const rows = found.flatMap((id) => deps.find(id, userId) ?? []).map(toCatalogueRow);
    return { ...rest, found: rows };
  }

  function change(kept: Kept, part: Partial<SavedSearchRecord>): void {
    kept.record = { ...kept.record, ...part };
    unsaved.add(kept);
    cancelSave ??= clock.after(foundDelayMs, () => void saveFound());
  }

  async function saveFound(): Promise<void> {
    cancelSave?.();
    cancelSave = undefined;
    const changed = [...unsaved];
    unsaved.clear();
    for (const kept of changed) {
      try {
        await records.set(kept.record);
      } catch (error) {
        unsaved.add(kept); // with the next change
        deps.onLateFailure(error);
      }
    }
  }

  /** In turns: a hundred thousand entries may come at once. */
  async function look(): Promise<void> {
    const arrived = came;
    came = new Map();
    const turn = deps.turns.begin();
    const told = new Set<Kept>();
    for (const [id, readers] of arrived) {
      for (const kept of readers ? matchingOf(id, readers) : matching(id)) {
        const { unseen, found } = kept.record;
        const others = found.filter((other) => other !== id);
        change(kept, { unseen: unseen + 1, found: [id, ...others].slice(0, maxFoundShown) });
        told.add(kept);
      }
      if (turn.isDue()) await turn.next();
    }
    for (const kept of told) {
      if (searchesOf.get(kept.record.userId)?.has(kept.record.id)) deps.tell(kept.record.userId, show(kept));
    }
  }

  function matching(id: EntryId): Kept[] {
    const { table } = index;
    const row = table.find(id);
    if (row === -1 || searchesOf.size === 0) return [];
    const owner = table.ownerOf(row);
    const nameWords = toNameWords(table.nameOf(row));
    const { contentId, sha256 } = table.entryOf(row);
    const words = [...nameWords, ...toNameWords(owner.name)];
    const candidates = triggers.candidates({ words, owner: owner.id, hashes: [contentId, sha256] });
    // Nobody waits for what they share themselves.
    return [...candidates].filter(
      ({ record, filter }) => record.userId !== owner.id && index.views.scoreOf(filter, row, nameWords) > 0,
    );
  }

  /** Of what is for some people: theirs, as far as they may see it still. */
  function matchingOf(id: EntryId, readers: ReadonlySet<UserId>): Kept[] {
    const restricted = deps.restricted.get(id);
    if (!restricted) return [];
    const { owner, entry } = restricted;
    const mine = [...readers].filter((reader) => reader !== owner.id && restricted.readers.has(reader));
    const searches = mine.flatMap((reader) => [...(searchesOf.get(reader)?.values() ?? [])]);
    return searches.filter(({ record, filter }) => {
      const sources = deps.find(entry.id, record.userId)?.sources ?? 0;
      return scoreRestricted(filter, restricted, sources) > 0;
    });
  }

  async function forget(kept: Kept): Promise<void> {
    await records.delete(kept.record);
    drop(kept);
  }

  return {
    save: async (userId, name, query) => {
      const filter = toCatalogueFilter({ ...query, group: undefined });
      if (!SearchTriggers.isPossible(filter)) throw new EnxameError('bad-request', { where: 'query.text' });
      const own = [...(searchesOf.get(userId)?.values() ?? [])];
      const known = own.find((kept) => kept.filter.key === filter.key);
      if (known) {
        const record = { ...known.record, name };
        await records.set(record);
        known.record = { ...known.record, name };
        return show(known);
      }
      if (own.length >= maxSavedSearches) throw new EnxameError('too-large', { max: maxSavedSearches });
      const id = savedSearchIdSchema.parse(deps.randomId());
      // Kept before it is written, so that of many at once none is one too many.
      const kept = keep({ id, userId, name, query, savedAt: clock.now(), unseen: 0, found: [] });
      try {
        await records.set(kept.record);
      } catch (error) {
        drop(kept);
        throw error;
      }
      return show(kept);
    },
    list: (userId) => [...(searchesOf.get(userId)?.values() ?? [])].map(show),
    seen: (userId, id) => {
      const kept = searchesOf.get(userId)?.get(id);
      if (kept && kept.record.unseen > 0) change(kept, { unseen: 0, found: [] });
    },
    forget: async (userId, id) => {
      const kept = searchesOf.get(userId)?.get(id);
      if (kept) await forget(kept);
    },
    forgetUser: async (userId) => {
      for (const kept of [...(searchesOf.get(userId)?.values() ?? [])]) await forget(kept);
    },
    entryCame: (id, readers) => {
      if (searchesOf.size === 0) return;
      const before = came.get(id);
      came.set(id, readers && before ? new Set([...before, ...readers]) : readers);
      arrivals.mark();
    },
    settled: () => looking,
    close: async () => {
      arrivals.close();
      await looking;
      await saveFound();
    },
  };
}
