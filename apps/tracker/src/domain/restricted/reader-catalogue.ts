import { fromBase32 } from '@enxame/shared/content/base32';
import { entryIdSchema, type ContentId, type DeviceId, type EntryId, type UserId } from '@enxame/shared/ids';
import type { CataloguePage, CatalogueQuery, Window } from '@enxame/shared/tracker/catalogue-query';
import { maxOwnersShown, type CatalogueRow, type ContentOwner } from '@enxame/shared/tracker/entry';
import { fromCursor, toPlaceCursor } from '../catalogue-cursor.js';
import { toCatalogueFilter } from '../catalogue-filter.js';
import type { CatalogueIndex, ListedPage } from '../catalogue-index.js';
import { isSteady } from '../catalogue-orders.js';
import type { Place } from '../catalogue-place.js';
import { createRankOf } from '../catalogue-rank.js';
import { toCatalogueRow, type CatalogueRecord } from '../catalogue-record.js';
import type { CatalogueView } from '../catalogue-view.js';
import { toNameWords } from '../search-words.js';
import { createComparePlaces } from './compare-places.js';
import { findReaderMatches, type ReaderMatch } from './reader-matches.js';
import type { RestrictedEntries } from './restricted-entries.js';
import type { RestrictedEntry } from './restricted-entry.js';

/** Who reads: a person, or nobody in particular. */
export type Reader = UserId | undefined;

/**
 * The catalogue as one person may see it (T141): what is for everybody, and what is for them. Who may see nothing else
 * gets the catalogue itself, at its speed; the few entries of the others are merged into each window that they ask for.
 */
export interface ReaderCatalogue {
  /** Whether a person may see anything that others may not. */
  isReader(reader: Reader): boolean;
  hasContent(contentId: ContentId, reader: Reader): boolean;
  /** The entry with this id, or any entry of the content with it. */
  find(id: EntryId | ContentId, reader: Reader): CatalogueRecord | undefined;
  page(query: CatalogueQuery, window: Window, reader: Reader): CataloguePage;
  /** As `CatalogueIndex.list`. */
  list(query: CatalogueQuery, window: Window, cursor: string | undefined, reader: Reader): ListedPage;
}

/** A row of a merged window. */
interface Shown {
  readonly show: () => CatalogueRow;
  readonly cursor: () => string;
}

export function createReaderCatalogue(deps: {
  readonly index: CatalogueIndex;
  readonly restricted: RestrictedEntries;
  /** The devices that can serve a content now, as this person may know of them. */
  readonly sourcesOf: (contentId: ContentId, reader: UserId) => Iterable<DeviceId>;
}): ReaderCatalogue {
  const { index, restricted } = deps;
  const { table, views } = index;
  const countSources = (contentId: ContentId, reader: UserId): number =>
    new Set(deps.sourcesOf(contentId, reader)).size;

  const isReader = (reader: Reader): reader is UserId => reader !== undefined && restricted.readBy(reader).size > 0;

  const recordOf = ({ entry, owner }: RestrictedEntry, reader: UserId): CatalogueRecord => ({
    id: entry.id,
    owner,
    entry,
    sources: countSources(entry.contentId, reader),
  });

  function placeOfRow(query: CatalogueQuery, row: number): Place {
    const rank = isSteady(query.sort)
      ? 0
      : createRankOf(table, query.sort)(
          row,
          views.scoreOf(toCatalogueFilter(query), row, toNameWords(table.nameOf(row))),
        );
    return {
      rank,
      size: table.sizeOf(row),
      addedAt: table.addedAtOf(row),
      nameKey: table.sortKeyOf(row),
      ownerKey: table.ownerOf(row).sortKey,
      id: fromBase32(table.idOf(row)),
    };
  }

  /** Reads a window of both, merged: of the catalogue only about as many rows as the window has. */
  function withMatches<T>(
    query: CatalogueQuery,
    reader: UserId,
    read: (view: CatalogueView, matches: readonly ReaderMatch[], isBefore: (left: Place, right: Place) => boolean) => T,
  ): T {
    const matches = findReaderMatches({ index, restricted, countSources }, reader, query, toCatalogueFilter(query));
    const compare = createComparePlaces(query.sort);
    const isBefore = (left: Place, right: Place): boolean =>
      query.descending ? compare(left, right) > 0 : compare(left, right) < 0;
    const view = views.open(query);
    try {
      return read(view, matches, isBefore);
    } finally {
      views.close(view);
    }
  }

  function merge(
    query: CatalogueQuery,
    reader: UserId,
    parts: { readonly matches: readonly ReaderMatch[]; readonly rows: readonly number[] },
    isBefore: (left: Place, right: Place) => boolean,
    limit: number,
  ): Shown[] {
    const shown: Shown[] = [];
    let [match, row] = [0, 0];
    while (shown.length < limit) {
      const nextMatch = parts.matches[match];
      const nextRow = parts.rows[row];
      if (nextMatch && (nextRow === undefined || isBefore(nextMatch.place, placeOfRow(query, nextRow)))) {
        match++;
        shown.push(shownMatch(query, nextMatch, reader));
      } else if (nextRow !== undefined) {
        row++;
        shown.push({ show: () => showRow(query, nextRow, reader), cursor: () => views.cursorAt(query, nextRow) });
      } else break;
    }
    return shown;
  }

  function shownMatch(
    query: CatalogueQuery,
    { restricted: found, place, sources }: ReaderMatch,
    reader: UserId,
  ): Shown {
    const { entry, owner } = found;
    const row = toCatalogueRow({ id: entry.id, owner, entry, sources });
    return {
      show: () => (query.group === 'content' ? withOwners(row, [], reader) : row),
      cursor: () => toPlaceCursor(query, place, entry.id, { name: entry.name, owner: owner.name }),
    };
  }

  function showRow(query: CatalogueQuery, row: number, reader: UserId): CatalogueRow {
    const isGrouped = query.group === 'content';
    const shown = index.show(row, isGrouped);
    if (!isGrouped || !restricted.hasContent(shown.contentId, reader)) return shown;
    return withOwners(shown, shown.ownedBy ?? [], reader);
  }

  /** Those who share the content: the row's own first, then others whom everybody sees, then those whom the reader does. */
  function withOwners(row: CatalogueRow, known: readonly ContentOwner[], reader: UserId): CatalogueRow {
    const owners = new Map(known.map((owner) => [owner.id, owner]));
    let count = row.owners ?? 0;
    const others = [...restricted.ofContent(row.contentId)].filter(({ readers }) => readers.has(reader));
    others.sort((left, right) => Number(right.entry.id === row.id) - Number(left.entry.id === row.id));
    for (const { owner, entry } of others) {
      if (owners.has(owner.id)) continue;
      const { id, name, online } = owner;
      owners.set(id, { id, name, online, entryId: entry.id, entryName: entry.name });
      count++;
    }
    return { ...row, owners: count, ownedBy: [...owners.values()].slice(0, maxOwnersShown) };
  }

  function readWindow(query: CatalogueQuery, { offset, limit }: Window, reader: UserId) {
    return withMatches(query, reader, (view, matches, isBefore) => {
      // How many of the matches stand before the window: each is asked for whether enough of the catalogue does, too.
      let [low, high] = [0, matches.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        const before = offset - middle;
        const [row] = before <= 0 ? [] : view.window(query.descending, { offset: before - 1, limit: 1 });
        const place = (matches[middle] as ReaderMatch).place;
        const isInWindow = before <= 0 || (row !== undefined && isBefore(placeOfRow(query, row), place));
        if (isInWindow) high = middle;
        else low = middle + 1;
      }
      const rows = view.window(query.descending, { offset: Math.max(0, offset - low), limit });
      const parts = { matches: matches.slice(low, low + limit), rows };
      return { total: view.size + matches.length, shown: merge(query, reader, parts, isBefore, limit) };
    });
  }

  function readBehind(query: CatalogueQuery, cursor: string, limit: number, reader: UserId) {
    const place = fromCursor(query, cursor);
    return withMatches(query, reader, (view, matches, isBefore) => {
      const rows = view.behind(query.descending, place, limit);
      const behind = matches.filter((match) => isBefore(place, match.place)).slice(0, limit);
      const parts = { matches: behind, rows };
      return { total: view.size + matches.length, shown: merge(query, reader, parts, isBefore, limit) };
    });
  }

  return {
    isReader,
    hasContent: (contentId, reader) =>
      index.hasContent(contentId) || (reader !== undefined && restricted.hasContent(contentId, reader)),
    find: (id, reader) => {
      const found = index.find(id);
      if (found || reader === undefined) return found;
      const isEntry = entryIdSchema.safeParse(id).success;
      const candidates = isEntry ? [restricted.get(id as EntryId)] : restricted.ofContent(id as ContentId);
      for (const candidate of candidates) if (candidate?.readers.has(reader)) return recordOf(candidate, reader);
      return undefined;
    },
    page: (query, window, reader) => {
      if (!isReader(reader)) return index.page(query, window);
      const { total, shown } = readWindow(query, window, reader);
      return { total, rows: shown.map(({ show }) => show()) };
    },
    list: (query, window, cursor, reader) => {
      if (!isReader(reader)) return index.list(query, window, cursor);
      const { limit } = window;
      // One more than asked for: whether there is another page.
      const { total, shown } =
        cursor === undefined
          ? readWindow(query, { offset: window.offset, limit: limit + 1 }, reader)
          : readBehind(query, cursor, limit + 1, reader);
      const rows = shown.slice(0, limit);
      const next = shown.length > limit ? (rows.at(-1)?.cursor() ?? null) : null;
      return { total, rows: rows.map(({ show }) => show()), next };
    },
  };
}
