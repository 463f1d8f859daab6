import { describe, expect, it } from 'vitest';
import { simulateSwarm } from '../testing/swarm-sim.js';

const runs = 3000;

describe('P19: a download among sources that do what they like', () => {
  const first = Number(process.env['ENXAME_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  it(`ends with the right bytes, or waits with a reason (${String(runs)} worlds from seed ${String(first)})`, async () => {
    for (let seed = first; seed < first + runs; seed++) {
      const { faults } = await simulateSwarm(seed);
      expect({ seed, faults }).toEqual({ seed, faults: [] });
    }
  });
});
