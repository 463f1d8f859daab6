import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKillWorld, type KillWorld } from './testing/kill-world.js';

/** ENXAME_KILLS: fewer of them, where a run must be short. */
const wantedKills = Number(process.env['ENXAME_KILLS'] ?? 200);
let world: KillWorld;

beforeAll(async () => {
  world = await openKillWorld();
});
afterAll(async () => {
  await world.close();
});

describe('C7: whoever is killed, at whatever moment', () => {
  const first = Number(process.env['ENXAME_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  it(`the file is whole, and nothing of it is fetched twice (${String(wantedKills)} kills from seed ${String(first)})`, async () => {
    let killed = 0;
    for (let seed = first; killed < wantedKills; seed++) {
      const { faults, kills } = await world.download(seed);
      expect({ seed, faults }).toEqual({ seed, faults: [] });
      killed += kills;
    }
  });
});
