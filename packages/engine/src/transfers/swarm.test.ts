import { describe, expect, it } from 'vitest';
import { simulateSwarm } from '../testing/swarm-sim.js';

const runs = 25;

describe('P19: a download among sources that do what they like', () => {
  const first = 1; // the same worlds each time; swarm.long.test.ts has others
  it(`ends with the right bytes, or waits with a reason (${String(runs)} worlds from seed ${String(first)})`, async () => {
    for (let seed = first; seed < first + runs; seed++) {
      const { faults } = await simulateSwarm(seed);
      expect({ seed, faults }).toEqual({ seed, faults: [] });
    }
  });
});
