import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFakeTimers } from '../library/testing/fake-timers.js';
import { createTokenBucket } from './token-bucket.js';

const me = {};
/** Promises settle between two moves of the clock. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('token bucket', () => {
  it('without a rate lets all through at once, and has no timer', () => {
    const timers = createFakeTimers();
    const bucket = createTokenBucket(timers);
    for (let index = 0; index < 1000; index++) expect(bucket.take(1_000_000, me)).toBeUndefined();
    expect(timers.waiting).toBe(0);
  });

  it('keeps to the rate in the long run, whatever the size of the parts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1024, max: 100_000_000 }),
        fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 30 }),
        async (rate, parts) => {
          const timers = createFakeTimers(0);
          const bucket = createTokenBucket(timers, rate);
          let passed = 0;
          for (const bytes of parts) {
            const wait = bucket.take(bytes, me);
            let isThrough = wait === undefined;
            void wait?.then(() => (isThrough = true));
            while (!isThrough) {
              timers.advance(50);
              await settle();
            }
            // What is allowed by now: the burst, the time, and the one part that may leave a debt.
            expect(passed).toBeLessThanOrEqual(rate * 0.25 + (rate * timers.now()) / 1000 + 1);
            passed += bytes;
          }
          const last = parts.at(-1) ?? 0;
          expect(timers.now()).toBeLessThanOrEqual((Math.max(0, passed - last) * 1000) / rate + 100);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('gives each taker the same, whatever the size of its parts', async () => {
    const timers = createFakeTimers();
    const bucket = createTokenBucket(timers, 10_000);
    const sizes = [1000, 300, 2500];
    const got = [0, 0, 0];
    let isOpen = true;
    const run = async (taker: number): Promise<void> => {
      const identity = {};
      const bytes = sizes[taker] ?? 0;
      while (isOpen) {
        await bucket.take(bytes, identity);
        got[taker] = (got[taker] ?? 0) + bytes;
      }
    };
    const running = got.map((_, taker) => run(taker));
    await settle();
    const first = [...got];
    for (let step = 0; step < 3000; step++) {
      timers.advance(10);
      await settle();
    }
    const shares = got.map((bytes, taker) => bytes - (first[taker] ?? 0));
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(5000);
    expect(shares.reduce((sum, bytes) => sum + bytes, 0)).toBeGreaterThan(295_000);
    isOpen = false;
    bucket.setRate(null);
    await Promise.all(running);
  });

  it('a change counts for those who wait already', async () => {
    const timers = createFakeTimers();
    const bucket = createTokenBucket(timers, 1_000_000);
    expect(bucket.take(100_000_000, me)).toBeUndefined();
    let isThrough = false;
    const wait = bucket.take(1, me)?.then(() => (isThrough = true));
    bucket.setRate(2000); // a debt of 100 s would be 14 hours now
    timers.advance(1000);
    await settle();
    expect(isThrough).toBe(true);
    await wait;
    void bucket.take(1_000_000, me);
    const freed = bucket.take(1, me);
    bucket.setRate(null);
    await freed;
    expect(timers.waiting).toBe(0);
  });
});
