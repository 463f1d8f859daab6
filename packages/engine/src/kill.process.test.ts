import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKillWorld, type KillWorld } from './testing/kill-world.js';

const downloads = 1;
let world: KillWorld;

beforeAll(async () => {
  world = await openKillWorld();
});
afterAll(async () => {
  await world.close();
});

describe('C7: whoever is killed, at whatever moment', () => {
  const first = 36; // kills a source, the tracker and the receiver; kill.long.test.ts has whatever comes
  it(`the file is whole, and nothing of it is fetched twice (${String(downloads)} download from seed ${String(first)})`, async () => {
    for (let seed = first; seed < first + downloads; seed++) {
      const { faults } = await world.download(seed);
      expect({ seed, faults }).toEqual({ seed, faults: [] });
    }
  }, 180_000);
});
