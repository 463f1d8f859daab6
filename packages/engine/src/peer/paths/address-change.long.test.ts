import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNatNetwork, whyNoNatNetwork, type NatNetwork } from '../../testing/nat-network.js';
import { openNatPrograms, type NatPrograms } from '../../testing/nat-programs.js';

const reason = whyNoNatNetwork();
if (reason !== undefined) process.stderr.write(`addresses are not changed: ${reason}\n`);

let programs: NatPrograms;
let network: NatNetwork;
beforeEach(async () => {
  programs = await openNatPrograms();
  network = await createNatNetwork('none', 'none');
});
afterEach(async () => {
  await programs.close();
  await network.close();
});

describe.skipIf(reason !== undefined)('P14: a computer that moves to another address in the middle', () => {
  it.each([
    ['the sender', 'left'],
    ['the receiver', 'right'],
  ] as const)(
    '%s: the download goes on by itself',
    async (_, side) => {
      const tracker = await programs.startTracker(network.inTracker, network.trackerHost);
      const ana = await programs.joinNetwork(network.inLeft, 'Ana', tracker);
      const rui = await programs.joinNetwork(network.inRight, 'Rui', tracker);
      const movedAt = { ms: 0 };
      await programs.fetch(ana, rui, 20_000_000, () => {
        movedAt.ms = performance.now();
        return network.move(side);
      });
      const took = performance.now() - movedAt.ms;
      process.stdout.write(`${side}: ${String(Math.round(took / 1000))} s after it moved\n`);
      // The addresses are looked at every 30 s; a connection that is silent counts as gone after 30 s.
      expect(took).toBeLessThan(100_000);
    },
    240_000,
  );
});
