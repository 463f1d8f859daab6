import type { Limits } from '@enxame/shared/engine/limits';
import type { TransferId, UserId } from '@enxame/shared/ids';
import { describe, expect, it } from 'vitest';
import { createFakeTimers } from '../library/testing/fake-timers.js';
import { createRateControl } from './rate-control.js';

const [one, two] = ['one', 'two'] as TransferId[] as [TransferId, TransferId];
const nothing = { send: null, receive: null };
const person = (name: string, send: number | null): Limits['people'][number] => ({
  userId: 'u'.repeat(51).concat('a') as UserId,
  name,
  limits: { send, receive: null },
});
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('rate limits', () => {
  it('cost nothing where there are none', () => {
    const timers = createFakeTimers();
    const control = createRateControl(timers);
    const taker = control.sending('Ana', one);
    expect([taker.quantum(), taker.take(1e12), control.sendRate('Ana'), timers.waiting]).toEqual([
      Infinity,
      undefined,
      null,
      0,
    ]);
  });

  it('of all, of a person, of a transfer: the lowest counts, and others are not held up by it', async () => {
    const timers = createFakeTimers(0);
    const control = createRateControl(timers);
    control.apply({ send: 100_000, receive: null }, [person('Ana', 20_000)]);
    control.limitTransfer(two, 10_000);
    const takers = [control.sending('ANA', one), control.sending('Rui', two), control.sending('Eva', one)];
    const passed = [0, 0, 0];
    let isOpen = true;
    const running = takers.map(async (taker, index) => {
      while (isOpen) {
        const part = Math.min(taker.quantum(), 10_000);
        await taker.take(part);
        passed[index] = (passed[index] ?? 0) + part;
      }
    });
    for (let step = 0; step < 1000; step++) {
      timers.advance(20);
      await settle();
    }
    const rates = passed.map((bytes) => Math.round(bytes / 20_000));
    isOpen = false;
    control.close();
    await Promise.all(running);
    expect(rates).toEqual([20, 10, 70]);
    expect(timers.waiting).toBe(0);
  });

  it('what is taken away is gone at once', async () => {
    const control = createRateControl(createFakeTimers());
    control.apply(nothing, [person('Ana', 2000)]);
    control.limitTransfer(one, 5000);
    const taker = control.sending('Ana', one);
    expect([taker.quantum(), control.sendRate('Ana'), control.transferLimit(one)]).toEqual([1024, 2000, 5000]);
    void taker.take(1_000_000);
    const waiting = taker.take(1);
    control.apply(nothing, []);
    control.limitTransfer(one, null);
    await waiting;
    expect([taker.quantum(), taker.take(1), control.transferLimit(one)]).toEqual([Infinity, undefined, null]);
  });
});
