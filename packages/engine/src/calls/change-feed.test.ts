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
