import { describe, expect, it } from 'vitest';
import { systemClock } from './clock.js';

describe('the clock of the system', () => {
  it('runs a step once, later, unless it was called off', async () => {
    const began = systemClock.now();
    let steps = 0;
    const callOff = systemClock.after(1, () => steps++);
    callOff();
    await new Promise<void>((resolve) => {
      systemClock.after(2, resolve);
    });
    expect(steps).toBe(0);
    expect(systemClock.now()).toBeGreaterThanOrEqual(began);
  });
});
