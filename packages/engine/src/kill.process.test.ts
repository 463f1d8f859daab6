import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKillWorld, type KillWorld } from './testing/kill-world.js';

const downloads = 2;
let world: KillWorld;

beforeAll(async () => {
  world = await openKillWorld();
});
afterAll(async () => {
  await world.close();
});

describe('C7: whoever is killed, at whatever moment', () => {
  const first = 1; // the same moments each time, as far as a clock can; kill.long.test.ts has others
  it(`the file is whole, and nothing of it is fetched twice (${String(downloads)} downloads from seed ${String(first)})`, async () => {
    for (let seed = first; seed < first + downloads; seed++) {
      const { faults } = await world.download(seed);
      expect({ seed, faults }).toEqual({ seed, faults: [] });
    }
  }, 180_000);
});
