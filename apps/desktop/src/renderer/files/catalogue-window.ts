import type { EngineCataloguePage, EngineCatalogueRow, EngineWindowDiff } from '@enxame/shared/engine/catalogue-row';
import type { EntryId } from '@enxame/shared/ids';
import { maxWindowRows, type Window } from '@enxame/shared/tracker/catalogue-query';

/**
 * What the page knows of one query's result: the live window that the engine keeps current, and the rows seen elsewhere.
 * While held, the order on the screen stands still and what is new is only counted.
 */
export interface CatalogueWindow {
  /** Null until the first page. */
  readonly total: number | null;
  readonly window: Window | null;
  /** The rows of the live window, in the order that the engine has in mind. */
  readonly live: readonly EngineCatalogueRow[];
  /** How many match now; `total` is how many places the screen has, which stands still while held. */
  readonly liveTotal: number;
  /** What the screen shows, by index. */
  readonly shown: ReadonlyMap<number, EngineCatalogueRow>;
  /** How many rows are new and not on the screen because it is held. */
  readonly pendingNew: number;
}

export const emptyWindow: CatalogueWindow = {
  total: null,
  window: null,
  live: [],
  liveTotal: 0,
  shown: new Map(),
  pendingNew: 0,
};

/** How close the visible rows may come to the edge of the window before it moves. */
const marginRows = 40;
/** A window that moves leaves so many rows behind those on the screen: most of it lies where the scroll goes. */
const behindRows = 60;
/** Rows seen further away than this are forgotten: a change must not cost more the more was scrolled through. */
const keptRows = 1000;

/** The window to watch so that the visible rows, and some around them, are live; null when the present one does. */
export function chooseWindow(present: CatalogueWindow, visible: { start: number; end: number }): Window | null {
  const { window, liveTotal } = present;
  if (!window) {
    const offset = Math.floor((visible.start + visible.end) / 2 - maxWindowRows / 2);
    return { offset: Math.max(0, offset), limit: maxWindowRows };
  }
  const nearTop = window.offset > 0 && visible.start - marginRows < window.offset;
  const last = window.offset + window.limit;
  const nearEnd = last < liveTotal && visible.end + marginRows > last;
  const offset = Math.max(0, nearEnd ? visible.start - behindRows : visible.end + behindRows - maxWindowRows);
  return (nearTop || nearEnd) && offset !== window.offset ? { offset, limit: maxWindowRows } : null;
}

/** After the engine's answer to a watch. `fresh`: another query than before, so that nothing seen still holds. */
export function applyPage(
  present: CatalogueWindow,
  window: Window,
  page: EngineCataloguePage,
  fresh: boolean,
): CatalogueWindow {
  const keep = !fresh && present.total === page.total;
  const near = [...present.shown].filter(([index]) => Math.abs(index - window.offset) < keptRows);
  const shown = new Map(keep ? near : []);
  page.rows.forEach((row, index) => shown.set(window.offset + index, row));
  return { total: page.total, window, live: page.rows, liveTotal: page.total, shown, pendingNew: 0 };
}

/** After a diff of the live window. */
export function applyDiff(present: CatalogueWindow, diff: EngineWindowDiff, held: boolean): CatalogueWindow {
  const { window } = present;
  if (!window) return present; // a diff of a watch that was given up
  const byId = new Map(present.live.map((row) => [row.id, row]));
  for (const row of diff.upserted) byId.set(row.id, row);
  const live = diff.order
    ? diff.order.flatMap((id) => byId.get(id) ?? [])
    : present.live.map((row) => byId.get(row.id) ?? row);
  const next = { ...present, live, liveTotal: diff.total };
  if (!diff.order && diff.total === present.liveTotal) return { ...next, shown: refresh(present.shown, diff.upserted) };
  if (!held) return release(next);
  const shown = refresh(present.shown, diff.upserted);
  const onScreen = new Set([...shown.values()].map((row) => row.id));
  // Only the window's rows can be told apart; when more came than it holds, the totals know how many at least.
  const seen = live.filter((row) => !onScreen.has(row.id)).length;
  return { ...next, shown, pendingNew: Math.max(seen, diff.total - (present.total ?? 0)) };
}

/** Shows what is live now. Rows elsewhere have moved by an unknown amount, so they are asked again when seen. */
export function release(present: CatalogueWindow): CatalogueWindow {
  const offset = present.window?.offset ?? 0;
  const shown = new Map(present.live.map((row, index) => [offset + index, row]));
  return { ...present, total: present.liveTotal, shown, pendingNew: 0 };
}

/** Rows that are on the screen, with what is new about them, where they are. */
function refresh(
  shown: ReadonlyMap<number, EngineCatalogueRow>,
  rows: readonly EngineCatalogueRow[],
): ReadonlyMap<number, EngineCatalogueRow> {
  if (rows.length === 0) return shown;
  const byId = new Map<EntryId, EngineCatalogueRow>(rows.map((row) => [row.id, row]));
  return new Map([...shown].map(([index, row]) => [index, byId.get(row.id) ?? row]));
}
