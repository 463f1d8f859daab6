import type { EntryId, UserId } from '@enxame/shared/ids';
import type { CataloguePage, CatalogueQuery, Window, WindowDiff } from '@enxame/shared/tracker/catalogue-query';
import type { CatalogueView } from '../catalogue-view.js';
import { isSameRow, type Touched, type WatchedWindow } from '../live-window.js';
import type { Session } from '../session.js';
import type { ReaderCatalogue } from './reader-catalogue.js';

/**
 * A window of one session whose person may see what others may not. It is read again as a whole whenever something
 * changed: there are few of these, and each is as long as a screen.
 */
export class ReaderWindow implements WatchedWindow {
  readonly key: string;
  readonly watchers = new Map<number, Set<Session>>();
  /** Kept open, so that reading again is cheap. */
  readonly view: CatalogueView;
  readonly #read: () => CataloguePage;
  readonly #reader: UserId;
  #version = -1;
  #page: CataloguePage;

  /** `page`: what the session has been told already. */
  constructor(
    key: string,
    view: CatalogueView,
    asked: { readonly reader: UserId; readonly query: CatalogueQuery; readonly window: Window },
    catalogue: ReaderCatalogue,
    page?: CataloguePage,
  ) {
    this.key = key;
    this.view = view;
    this.#reader = asked.reader;
    this.#read = () => catalogue.page(asked.query, asked.window, asked.reader);
    this.#page = page ?? this.#read();
    if (!page) this.#version = view.version;
  }

  page(): CataloguePage {
    return this.#page;
  }

  refresh({ rows, owners, contents, readers }: Touched): WindowDiff | undefined {
    const isTouched = rows.size > 0 || owners.size > 0 || contents.size > 0 || readers.has(this.#reader);
    if (!isTouched && this.#version === this.view.version) return undefined;
    const before = this.#page;
    const now = this.#read();
    this.#version = this.view.version;
    this.#page = now;
    const known = new Map(before.rows.map((row) => [row.id, row]));
    const upserted = now.rows.filter((row) => {
      const last = known.get(row.id);
      return last === undefined || !isSameRow(last, row);
    });
    const isSameOrder =
      now.rows.length === before.rows.length && now.rows.every(({ id }, place) => id === before.rows[place]?.id);
    if (upserted.length === 0 && isSameOrder && now.total === before.total) return undefined;
    const order = (): EntryId[] => now.rows.map(({ id }) => id);
    return isSameOrder ? { total: now.total, upserted } : { total: now.total, upserted, order: order() };
  }
}
