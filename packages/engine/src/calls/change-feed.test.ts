import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createChangeFeed } from './change-feed.js';

describe('change feed', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function create() {
    const told: string[] = [];
    const feed = createChangeFeed<string>(100, (changed, removed) => {
      told.push(`${[...changed].join()} -${[...removed].join()}`);
    });
    return { feed, told };
  }

  it('gathers changes, and the last word about a thing counts', () => {
    const { feed, told } = create();
    for (const id of ['a', 'b', 'a']) feed.changed(id);
    feed.removed('b');
    feed.removed('c');
    feed.changed('c');
    vi.advanceTimersByTime(99);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(told).toEqual(['a,c -b']);
    vi.advanceTimersByTime(1000);
    expect(told).toHaveLength(1);
  });

  it('tells many changes in parts, one after the other, each thing once', () => {
    const sizes: number[] = [];
    const all = new Set<number>();
    const feed = createChangeFeed<number>(100, (changed) => {
      sizes.push(changed.size);
      for (const id of changed) all.add(id);
    });
    for (let id = 0; id < 1200; id++) feed.changed(id);
    vi.advanceTimersByTime(100);
    expect(sizes).toEqual([500]);
    vi.advanceTimersByTime(40);
    expect([sizes, all.size]).toEqual([[500, 500, 200], 1200]);
  });

  it('says nothing after it was closed, whatever still happens', () => {
    const { feed, told } = create();
    feed.changed('a');
    feed.close();
    feed.changed('b');
    feed.removed('c');
    expect(vi.getTimerCount()).toBe(0);
    expect(told).toEqual([]);
  });
});
