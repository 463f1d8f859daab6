import { describe, expect, it } from 'vitest';
import { createEntrance, type Entrance } from './entrance.js';

/** A loop of which the test decides how long each look takes. */
function createLoop() {
  let [nowMs, next] = [0, undefined as (() => void) | undefined];
  const entrance = createEntrance({
    now: () => nowMs,
    soon: (run) => (next = run),
    maxWaitMs: 10_000,
  });
  return {
    entrance,
    /** False when nobody waits for a look. */
    look: (tookMs: number): boolean => {
      const run = next;
      next = undefined;
      nowMs += tookMs;
      run?.();
      return run !== undefined;
    },
  };
}

function arriveMany(entrance: Entrance, count: number, share = 'one') {
  const seen = { entered: [] as number[], refused: 0 };
  const forget = Array.from({ length: count }, (_, index) =>
    entrance.arrive({ share, enter: () => seen.entered.push(index), refuse: () => seen.refused++ }),
  );
  return { seen, forget };
}

describe('the entrance', () => {
  it('T36: serves at once whoever comes alone, and looks no more when nobody came', () => {
    const { entrance, look } = createLoop();
    expect(arriveMany(entrance, 1).seen.entered).toEqual([0]);
    expect(look(1)).toBe(true);
    expect(look(1)).toBe(false);
  });

  it('T36: serves more between two looks while they are short, and fewer while they are long', () => {
    const { entrance, look } = createLoop();
    const { seen } = arriveMany(entrance, 300);
    const served = (tookMs: number): number => {
      const before = seen.entered.length;
      look(tookMs);
      return seen.entered.length - before;
    };
    expect([5, 5, 5, 5].map(served)).toEqual([2, 3, 4, 5]);
    expect([100, 100, 100].map(served)).toEqual([2, 1, 1]);
    expect(served(5)).toBe(2);
    expect(seen.entered).toEqual(Array.from(seen.entered.keys()));
  });

  it('T36: refuses at once who would wait longer than the other side does, and takes again who comes later', () => {
    const { entrance, look } = createLoop();
    const first = arriveMany(entrance, 400).seen;
    while (look(100) && first.entered.length < 40);
    expect(first.refused).toBe(0);
    const { seen } = arriveMany(entrance, 50);
    expect([seen.refused, seen.entered.length]).toEqual([50, 0]);
    while (entrance.waiting > 0) look(20);
    expect(first.entered.length).toBe(400);
    expect(arriveMany(entrance, 1).seen.refused).toBe(0);
  });

  it('T36: is a rush while somebody waits, and for a moment after many came', () => {
    const { entrance, look } = createLoop();
    arriveMany(entrance, 1);
    expect(entrance.isOn()).toBe(false);
    arriveMany(entrance, 200);
    expect(entrance.isOn()).toBe(true);
    while (entrance.waiting > 0) look(5);
    expect(entrance.isOn()).toBe(true);
    for (let passed = 0; passed < 5; passed++) {
      arriveMany(entrance, 1);
      look(1000);
    }
    expect(entrance.isOn()).toBe(false);
  });

  it('T36: takes turns between addresses, so that a crowd behind one holds up nobody behind another', () => {
    const { entrance, look } = createLoop();
    const crowd = arriveMany(entrance, 100, 'crowd').seen;
    const guest = arriveMany(entrance, 1, 'guest').seen;
    look(100);
    look(100);
    expect(guest.entered).toEqual([0]);
    expect(crowd.entered.length).toBeLessThan(5);
  });

  it('T36: forgets who left while waiting', () => {
    const { entrance, look } = createLoop();
    const { seen, forget } = arriveMany(entrance, 3);
    forget[1]?.();
    forget[1]?.();
    expect(entrance.waiting).toBe(1);
    look(1);
    look(1);
    expect(seen.entered).toEqual([0, 2]);
    forget[2]?.();
    expect(entrance.waiting).toBe(0);
  });

  it('T36: refuses all once it is closed', () => {
    const { entrance, look } = createLoop();
    const before = arriveMany(entrance, 5).seen;
    entrance.close();
    look(1);
    expect(before.entered).toEqual([0]);
    expect(arriveMany(entrance, 1).seen.refused).toBe(1);
  });
});
