import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBackoff } from './backoff.js';
import { createKeyedTurns } from './keyed-turns.js';
import { createSlots } from './slots.js';
import { createWakeableTimer } from './wakeable-timer.js';

const never = new AbortController().signal;

describe('backoff', () => {
  it('doubles up to a limit, each wait between half and the whole of it', () => {
    let random = 0;
    const backoff = createBackoff({ firstMs: 100, maxMs: 500, random: () => random });
    expect([backoff.nextMs(), backoff.nextMs(), backoff.nextMs(), backoff.nextMs()]).toEqual([50, 100, 200, 250]);
    random = 0.999_999;
    expect(backoff.nextMs()).toBe(500);
    backoff.reset();
    expect(backoff.nextMs()).toBe(100);
  });
});

describe('wakeable timer', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('ends by itself, or when it is woken, and leaves no timer behind', async () => {
    const timer = createWakeableTimer();
    const first = timer.wait(1000);
    vi.advanceTimersByTime(1000);
    await first;
    const second = timer.wait(1_000_000);
    timer.wake();
    await second;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not lose a wake that came before the wait, once', async () => {
    const timer = createWakeableTimer();
    timer.wake();
    timer.wake();
    await timer.wait(1_000_000);
    const next = timer.wait(10);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(10);
    await next;
    timer.wake();
    timer.forget();
    void timer.wait(10);
    expect(vi.getTimerCount()).toBe(1);
  });
});

describe('slots', () => {
  it('lets so many in, and the others in the order in which they came', async () => {
    const slots = createSlots(2);
    const order: string[] = [];
    const [first, second] = [await slots.take(never), await slots.take(never)];
    const enter = async (name: string): Promise<() => void> => {
      const giveBack = await slots.take(never);
      order.push(name);
      return giveBack;
    };
    const [third, fourth] = [enter('third'), enter('fourth')];
    first();
    (await third)();
    second();
    (await fourth)();
    expect(order).toEqual(['third', 'fourth']);
  });

  it('gives up with its signal, and loses no slot by it', async () => {
    const slots = createSlots(1);
    const giveBack = await slots.take(never);
    const abort = new AbortController();
    const waiting = expect(slots.take(abort.signal)).rejects.toThrow('cancelled');
    abort.abort();
    await waiting;
    await expect(slots.take(AbortSignal.abort())).rejects.toThrow('cancelled');
    giveBack();
    (await slots.take(never))();
    (await slots.take(never))();
  });
});

describe('turns by key', () => {
  it('does the work of one key in order, though some of it fails, and that of others beside it', async () => {
    const turns = createKeyedTurns();
    const order: string[] = [];
    let finish: () => void = () => undefined;
    const first = turns.run('a', () => new Promise<void>((resolve) => (finish = resolve)));
    const failing = expect(turns.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    const last = turns.run('a', () => Promise.resolve(order.push('last')));
    await turns.run('b', () => Promise.resolve(order.push('beside')));
    finish();
    await Promise.all([first, failing, last, turns.idle()]);
    expect(order).toEqual(['beside', 'last']);
    await turns.idle();
  });
});
