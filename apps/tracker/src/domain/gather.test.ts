import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../test-kit/fake-clock.js';
import { createGather } from './gather.js';

describe('gathering changes', () => {
  it('T9: runs once for all that came within the time', () => {
    const clock = createFakeClock();
    let runs = 0;
    const gather = createGather(clock, 100, () => runs++);
    gather.mark();
    clock.advance(60);
    gather.mark();
    clock.advance(39);
    expect(runs).toBe(0);
    clock.advance(1);
    expect(runs).toBe(1);
    clock.advance(1000);
    expect(runs).toBe(1);
  });

  it('T35: rests after a run that was much, and then tells what came meanwhile', () => {
    const clock = createFakeClock();
    let runs = 0;
    const gather = createGather(clock, 100, () => runs++, () => 500); // prettier-ignore
    gather.mark();
    clock.advance(100);
    gather.mark();
    clock.advance(499);
    expect(runs).toBe(1);
    clock.advance(1);
    expect(runs).toBe(2);
  });

  it('T35: what could not be told when it was its time is told next, but not before the rest is over', () => {
    const clock = createFakeClock();
    let runs = 0;
    const gather = createGather(clock, 100, () => runs++, () => 500); // prettier-ignore
    gather.again();
    clock.advance(0);
    expect(runs).toBe(1);
    gather.mark();
    gather.again();
    clock.advance(499);
    expect(runs).toBe(1);
    clock.advance(1);
    expect(runs).toBe(2);
    clock.advance(10_000);
    expect(runs).toBe(2);
    gather.close();
    gather.again();
    clock.advance(10_000);
    expect(runs).toBe(2);
  });
});
