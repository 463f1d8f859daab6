import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStallWatch } from './stall-watch.js';

const onStalled = vi.fn();
const create = () => createStallWatch({ stretchMs: 1000, minBytes: 10, onStalled });

describe('P12: a source that holds a request up', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    onStalled.mockClear();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is noticed when it is silent', () => {
    create().begin();
    vi.advanceTimersByTime(1000);
    expect(onStalled).toHaveBeenCalledOnce();
  });

  it('is noticed when it trickles, though it never falls silent', () => {
    const watch = create();
    watch.begin();
    for (let ms = 0; ms < 1000; ms += 200) {
      vi.advanceTimersByTime(200);
      watch.received(1);
    }
    expect(onStalled).toHaveBeenCalledOnce();
  });

  it('is left alone while it brings enough, and after the end', () => {
    const watch = create();
    watch.begin();
    for (let stretch = 0; stretch < 5; stretch++) {
      watch.received(10);
      vi.advanceTimersByTime(1000);
    }
    watch.end();
    watch.end();
    vi.advanceTimersByTime(10_000);
    expect(onStalled).not.toHaveBeenCalled();
  });

  it('is not blamed while this side takes no more, nor right after', () => {
    const watch = create();
    watch.begin();
    watch.hold();
    vi.advanceTimersByTime(5000);
    watch.release();
    vi.advanceTimersByTime(1000);
    expect(onStalled).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1000);
    expect(onStalled).toHaveBeenCalledOnce();
  });
});
