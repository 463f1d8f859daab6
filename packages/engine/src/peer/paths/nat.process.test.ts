import type { PathKind } from '@enxame/shared/engine/transfer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNatNetwork, whyNoNatNetwork, type NatKind } from '../../testing/nat-network.js';
import { openNatPrograms, type Fetched, type NatPrograms } from '../../testing/nat-programs.js';

const reason = whyNoNatNetwork();
if (reason !== undefined) process.stderr.write(`the ways through routers are not tried: ${reason}\n`);

let programs: NatPrograms;
let closeNetwork: () => Promise<void>;
beforeEach(async () => {
  programs = await openNatPrograms();
  closeNetwork = () => Promise.resolve();
});
afterEach(async () => {
  await programs.close();
  await closeNetwork();
});

/** Ana, on the left, shares; Rui, on the right, fetches. Resolves when it is verified. */
async function fetchAcross(left: NatKind, right: NatKind, family: 'ipv4' | 'ipv6'): Promise<Fetched> {
  const network = await createNatNetwork(left, right, family);
  closeNetwork = () => network.close();
  const tracker = await programs.startTracker(network.inTracker, network.trackerHost);
  const ana = await programs.joinNetwork(network.inLeft, 'Ana', tracker);
  const rui = await programs.joinNetwork(network.inRight, 'Rui', tracker);
  return programs.fetch(ana, rui, 20_000_000);
}

function expectPath({ paths, sources }: Fetched, path: PathKind): void {
  expect(paths.at(-1)).toBe(path);
  if (path !== 'relay') expect(sources.at(-1)?.betterPathError ?? null).toBeNull();
}

const startsMs = 120_000; // six programs start

describe.skipIf(reason !== undefined)('two devices and the routers between them', () => {
  it.each<[NatKind, NatKind, PathKind]>([
    ['none', 'none', 'direct'],
    ['none', 'nat', 'direct'],
    ['nat', 'none', 'reverse'],
    ['nat', 'nat', 'punched'],
    ['symmetric', 'nat', 'relay'],
    ['symmetric', 'symmetric', 'relay'],
  ])(
    'P65: source %s, receiver %s: the bytes come by %s',
    async (left, right, path) => {
      expectPath(await fetchAcross(left, right, 'ipv4'), path);
    },
    startsMs,
  );

  it.each<[NatKind, NatKind, PathKind]>([
    ['none', 'firewall', 'direct'],
    ['firewall', 'none', 'reverse'],
    ['firewall', 'firewall', 'punched'],
  ])(
    'P65: IPv6, source %s, receiver %s: the bytes come by %s',
    async (left, right, path) => {
      expectPath(await fetchAcross(left, right, 'ipv6'), path);
    },
    startsMs,
  );
});
