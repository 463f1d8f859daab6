import type { EngineCatalogueRow } from '@enxame/shared/engine/catalogue-row';
import type { EntryId } from '@enxame/shared/ids';
import { describe, expect, it } from 'vitest';
import { applyDiff, applyPage, chooseWindow, emptyWindow, release, type CatalogueWindow } from './catalogue-window.js';

const row = (name: string, sources = 1): EngineCatalogueRow =>
  ({ id: name as EntryId, name, sources }) as unknown as EngineCatalogueRow;
const rows = (...names: string[]): EngineCatalogueRow[] => names.map((name) => row(name));
const names = (window: CatalogueWindow): string[] => [...window.shown.values()].map(({ name }) => name);
const ids = (...names: string[]): EntryId[] => names as EntryId[];
const top = { offset: 0, limit: 200 };

describe('which window to watch', () => {
  const at = (offset: number, liveTotal: number): CatalogueWindow => ({
    ...emptyWindow,
    total: liveTotal,
    liveTotal,
    window: { offset, limit: 200 },
  });

  it('is the first one at first', () => {
    expect(chooseWindow(emptyWindow, { start: 0, end: 20 })).toEqual(top);
  });
  it('stays while the visible rows are well inside', () => {
    expect(chooseWindow(at(0, 100_000), { start: 100, end: 130 })).toBeNull();
    expect(chooseWindow(at(0, 20), { start: 0, end: 20 })).toBeNull();
  });
  it('moves around the visible rows before they reach its edge', () => {
    expect(chooseWindow(at(0, 100_000), { start: 150, end: 180 })).toEqual({ offset: 90, limit: 200 });
    expect(chooseWindow(at(500, 100_000), { start: 520, end: 550 })).toEqual({ offset: 410, limit: 200 });
    expect(chooseWindow(at(0, 100_000), { start: 99_970, end: 100_000 })).toEqual({ offset: 99_910, limit: 200 });
  });
  it('does not move beyond the ends', () => {
    expect(chooseWindow(at(99_885, 100_000), { start: 99_970, end: 100_000 })).toBeNull();
  });
});

describe('pages', () => {
  it('keep the rows seen elsewhere while the total is the same', () => {
    const first = applyPage(emptyWindow, top, { total: 1000, rows: rows('a', 'b') }, true);
    const second = applyPage(first, { offset: 300, limit: 200 }, { total: 1000, rows: rows('x') }, false);
    expect([...second.shown.keys()]).toEqual([0, 1, 300]);
    expect([...applyPage(second, top, { total: 999, rows: rows('b') }, false).shown.keys()]).toEqual([0]);
    expect([...applyPage(second, top, { total: 1000, rows: rows('b') }, true).shown.keys()]).toEqual([0]);
  });
});

describe('diffs', () => {
  const page = applyPage(emptyWindow, top, { total: 3, rows: rows('a', 'b', 'c') }, true);

  it('change rows where they are', () => {
    const next = applyDiff(page, { total: 3, upserted: [row('b', 7)] }, true);
    expect(next.shown.get(1)?.sources).toBe(7);
    expect(names(next)).toEqual(['a', 'b', 'c']);
  });

  it('bring new rows and take away those that the order no longer names', () => {
    const next = applyDiff(page, { total: 3, upserted: [row('n')], order: ids('n', 'a', 'c') }, false);
    expect(names(next)).toEqual(['n', 'a', 'c']);
    expect(next.total).toBe(3);
  });

  it('move nothing while held, count what is new, and show it when released', () => {
    const held = applyDiff(
      page,
      { total: 5, upserted: [row('m'), row('n')], order: ids('n', 'm', 'a', 'b', 'c') },
      true,
    );
    expect(names(held)).toEqual(['a', 'b', 'c']);
    expect(held).toMatchObject({ total: 3, pendingNew: 2 });
    expect(names(release(held))).toEqual(['n', 'm', 'a', 'b', 'c']);
    expect(release(held)).toMatchObject({ total: 5, pendingNew: 0 });
  });

  it('count everything new while held, also what the window has no place for', () => {
    const many = Array.from({ length: 200 }, (_, index) => `n${String(index)}`);
    const held = applyDiff(page, { total: 603, upserted: rows(...many), order: ids(...many) }, true);
    expect(held).toMatchObject({ total: 3, liveTotal: 603, pendingNew: 600 });
    const mixed = applyDiff(page, { total: 4, upserted: [row('m'), row('n')], order: ids('n', 'm', 'b', 'c') }, true);
    expect(mixed.pendingNew).toBe(2);
  });

  it('apply to the live rows also while held', () => {
    const held = applyDiff(page, { total: 4, upserted: [row('n')], order: ids('n', 'a', 'b', 'c') }, true);
    const again = applyDiff(held, { total: 3, upserted: [], order: ids('a', 'b', 'c') }, true);
    expect(again).toMatchObject({ pendingNew: 0, liveTotal: 3 });
    expect(names(again)).toEqual(['a', 'b', 'c']);
  });

  it('of a watch that was given up change nothing', () => {
    expect(applyDiff(emptyWindow, { total: 1, upserted: rows('a'), order: ids('a') }, false)).toBe(emptyWindow);
  });

  it('arrive at the same rows as the sender, in any sequence of held and not', () => {
    let window = page;
    let order = ['a', 'b', 'c'];
    for (let step = 0; step < 200; step++) {
      const name = `r${String(step)}`;
      order =
        step % 3 === 0 ? order.filter((_, index) => index !== step % order.length) : [name, ...order].slice(0, 200);
      const upserted = step % 3 === 0 ? [] : [row(name)];
      window = applyDiff(window, { total: order.length, upserted, order: ids(...order) }, step % 5 < 2);
    }
    expect(names(release(window))).toEqual(order);
  });
});
