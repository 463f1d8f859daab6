import { describe, expect, it } from 'vitest';
import { createRateMeter } from './rate-meter.js';

function createMeter() {
  let now = 1000;
  const meter = createRateMeter(() => now);
  return {
    meter,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe('rate meter', () => {
  it('tells the bytes a second of the last seconds, and zero when nothing comes', () => {
    const { meter, pass } = createMeter();
    for (let step = 0; step < 40; step++) {
      meter.add(100);
      pass(100);
    }
    expect(meter.bytesPerSecond()).toBeCloseTo(1000, -2);
    pass(60_000);
    expect(meter.bytesPerSecond()).toBe(0);
  });

  it('does not count the wait before the first bytes, even when it was asked meanwhile', () => {
    const { meter, pass } = createMeter();
    for (let step = 0; step < 100; step++) {
      pass(1000);
      expect(meter.bytesPerSecond()).toBe(0);
    }
    for (let step = 0; step < 600; step++) {
      meter.add(100);
      pass(100);
    }
    expect(meter.bytesPerSecond()).toBeCloseTo(1000, -2);
  });

  it('goes on when the clock is set back', () => {
    const { meter, pass } = createMeter();
    for (let step = 0; step < 20; step++) {
      meter.add(100);
      pass(100);
    }
    pass(-3_600_000);
    for (let step = 0; step < 40; step++) {
      meter.add(100);
      pass(100);
    }
    expect(meter.bytesPerSecond()).toBeCloseTo(1000, -2);
  });
});
