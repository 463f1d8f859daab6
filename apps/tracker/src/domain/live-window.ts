import type { ContentId, EntryId, UserId } from '@enxame/shared/ids';
import type { CataloguePage, Window, WindowDiff } from '@enxame/shared/tracker/catalogue-query';
import type { CatalogueRow } from '@enxame/shared/tracker/entry';
import type { CatalogueView } from './catalogue-view.js';
import { markKnown } from './known-texts.js';
import type { PersonRecord } from './person.js';
import type { Session } from './session.js';

/** What became different since the last look: rows, and people with all their rows. */
export interface Touched {
  readonly rows: ReadonlySet<number>;
  readonly owners: ReadonlySet<PersonRecord>;
  /** Contents of which entries came, went or changed. */
  readonly contents: ReadonlySet<ContentId>;
  /** People whose own part of the catalogue changed. (T140) */
  readonly readers: ReadonlySet<UserId>;
}

/** One window that sessions watch: the last page that was sent, from which the next diff is made. */
export interface WatchedWindow {
  readonly key: string;
  /** Who watches, by the number under which each does: those get the very same message. */
  readonly watchers: Map<number, Set<Session>>;
  page(): CataloguePage;
  /** Brings the page up to date. The difference, or undefined when nobody could see one. */
  refresh(touched: Touched): WindowDiff | undefined;
  readonly view: CatalogueView;
}

/** How a row looks now. */
export type ShowRow = (
  row: number,
  byContent: boolean,
) => { readonly shown: CatalogueRow; readonly owner: PersonRecord };

interface ShownRow {
  readonly row: number;
  readonly shown: CatalogueRow;
  readonly owner: PersonRecord;
}

/**
 * One window of one query, however many watch it: the last page that was sent, from which the next diff is made. A row
 * is looked at again only when it was touched.
 */
export class LiveWindow implements WatchedWindow {
  readonly key: string;
  readonly view: CatalogueView;
  readonly watchers = new Map<number, Set<Session>>();
  readonly #descending: boolean;
  readonly #window: Window;
  readonly #show: ShowRow;
  #version: number;
  #total: number;
  #rows: readonly ShownRow[];
  /** Of `#rows`, once somebody asked for it. */
  #page: CataloguePage | undefined;

  constructor(key: string, view: CatalogueView, descending: boolean, window: Window, show: ShowRow) {
    this.key = key;
    this.view = view;
    this.#descending = descending;
    this.#window = window;
    this.#show = show;
    this.#version = view.version;
    this.#total = view.size;
    this.#rows = view.window(descending, window).map((row) => this.#look(row));
  }

  page(): CataloguePage {
    return (this.#page ??= markKnown({ total: this.#total, rows: this.#rows.map(({ shown }) => shown) }));
  }

  refresh(touched: Touched): WindowDiff | undefined {
    const moved = this.#version !== this.view.version;
    if (!moved && !this.#rows.some((shown) => this.#isTouched(shown, touched))) return undefined;
    const before = new Map(this.#rows.map((shown) => [shown.row, shown]));
    const rowsNow = moved ? this.view.window(this.#descending, this.#window) : this.#rows.map(({ row }) => row);
    const upserted: CatalogueRow[] = [];
    const now = rowsNow.map((row): ShownRow => {
      const known = before.get(row);
      if (known && !this.#isTouched(known, touched)) return known;
      const shown = this.#look(row);
      if (known && isSameRow(known.shown, shown.shown)) return known;
      upserted.push(shown.shown);
      return shown;
    });
    const total = this.view.size;
    const isSameOrder =
      now.length === this.#rows.length && now.every(({ shown }, index) => shown.id === this.#rows[index]?.shown.id);
    const isSame = upserted.length === 0 && isSameOrder && total === this.#total;
    this.#version = this.view.version;
    this.#total = total;
    this.#rows = now;
    if (isSame) return undefined;
    this.#page = undefined;
    const order = (): EntryId[] => now.map(({ shown }) => shown.id);
    return isSameOrder ? { total, upserted } : { total, upserted, order: order() };
  }

  #look(row: number): ShownRow {
    const { shown, owner } = this.#show(row, this.view.filter.byContent);
    return { row, shown: markKnown(shown), owner };
  }

  #isTouched({ row, shown, owner }: ShownRow, { rows, owners, contents }: Touched): boolean {
    if (rows.has(row) || owners.has(owner)) return true;
    // Whoever came or went may be one of those who share it: all are looked at again, which is at most a window.
    return this.view.filter.byContent && (owners.size > 0 || contents.has(shown.contentId));
  }
}

export function isSameRow(left: CatalogueRow, right: CatalogueRow): boolean {
  return (
    left.id === right.id &&
    left.contentId === right.contentId &&
    left.name === right.name &&
    left.size === right.size &&
    left.sha256 === right.sha256 &&
    left.addedAt === right.addedAt &&
    left.sources === right.sources &&
    left.owner.online === right.owner.online &&
    left.owner.id === right.owner.id &&
    left.collection?.files === right.collection?.files &&
    left.collection?.documentBytes === right.collection?.documentBytes &&
    left.restricted === right.restricted &&
    left.owners === right.owners &&
    JSON.stringify(left.ownedBy) === JSON.stringify(right.ownedBy)
  );
}
