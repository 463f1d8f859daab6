import { describe, expect, it } from 'vitest';
import { createTrackerClock } from './tracker-clock.js';

describe('T6: the clock of the tracker', () => {
  it('is this computer’s until the tracker tells its own, and then goes on however this one is set', () => {
    let [here, monotonic] = [1_000_000, 50];
    const clock = createTrackerClock(
      () => here,
      () => monotonic,
    );
    expect(clock.now()).toBe(1_000_000);
    clock.learn(9_000_000);
    expect(clock.now()).toBe(9_000_000);
    here -= 500_000;
    monotonic += 250;
    expect(clock.now()).toBe(9_000_250);
    clock.learn(7_000_000);
    expect(clock.now()).toBe(7_000_000);
  });
});
