import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Clock } from '../engine/clock.js';
import { createToastStore } from './toast-store.js';

describe('toasts', () => {
  let pending: { ms: number; run: () => void } | undefined;
  const clock: Clock = {
    now: () => 0,
    after: (ms, run) => {
      const entry = { ms, run };
      pending = entry;
      return () => {
        if (pending === entry) pending = undefined;
      };
    },
  };
  beforeEach(() => {
    pending = undefined;
  });

  it('do what was put off when they go by themselves, and not when it was undone', () => {
    const store = createToastStore(clock);
    const onExpire = vi.fn();
    const run = vi.fn();
    store.getState().show({ title: 'a', kind: 'plain', action: { label: 'Undo', run }, onExpire });
    expect(pending?.ms).toBe(10_000);
    pending?.run();
    expect(onExpire).toHaveBeenCalledOnce();
    store.getState().show({ title: 'b', kind: 'plain', action: { label: 'Undo', run }, onExpire });
    store.getState().act();
    expect(run).toHaveBeenCalledOnce();
    expect(onExpire).toHaveBeenCalledOnce();
    expect(store.getState().toast).toBeNull();
    expect(pending).toBeUndefined();
  });

  it('are one at a time: the next one ends the last', () => {
    const store = createToastStore(clock);
    const onExpire = vi.fn();
    store.getState().show({ title: 'a', kind: 'plain', onExpire });
    store.getState().show({ title: 'b', kind: 'ok' });
    expect(onExpire).toHaveBeenCalledOnce();
    expect(store.getState().toast?.title).toBe('b');
    expect(pending?.ms).toBe(5000);
  });
});
