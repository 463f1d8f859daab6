import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNatNetwork, whyNoNatNetwork, type NatNetwork } from '@enxame/engine/testing/nat-network';
import { codeOf, enxameLine, openCodeBench, type CodeBench, type Run } from './testing/code-bench.js';
import { exchange, relayPort, whyNot, type Meeting } from './testing/other-programs.js';
import { hasOtherServers, startOtherServers } from './testing/other-servers.js';

// Two computers behind routers that let nothing in: whatever comes, comes over a relay.

const noNetwork = whyNoNatNetwork();
if (noNetwork !== undefined) process.stdout.write(`Codes were not tried over relays: ${noNetwork}.\n`);
const noOthers = noNetwork ?? whyNot('wormhole') ?? whyNot('wormhole-william') ?? (hasOtherServers ? undefined : 'no servers of Magic Wormhole'); // prettier-ignore

let network: NatNetwork;
let bench: CodeBench;
let ours: Meeting;
let theirs: Meeting;

beforeAll(async () => {
  if (noNetwork !== undefined) return;
  network = await createNatNetwork('nat', 'nat');
  const { trackerHost: host, inTracker: command } = network;
  bench = await openCodeBench({ command, host });
  const sides = { bench, relayHost: host, inEnxame: network.inLeft, inOther: network.inRight };
  const mailboxUrl = `ws://${host}:${new URL(bench.url).port}/v1`;
  // No helper: the relay that Enxame tells is the only one.
  ours = { ...sides, mailboxUrl, helper: '', enxameFlags: ['--tracker', bench.url] };
  if (noOthers !== undefined) return;
  const servers = await startOtherServers(bench, { host, command, relayPort });
  theirs = {
    ...sides,
    mailboxUrl: servers.mailboxUrl,
    helper: `tcp:${host}:${String(relayPort)}`,
    // The tracker in use is the relay that Enxame knows, wherever the two meet.
    enxameFlags: ['--tracker', bench.url, '--rendezvous', servers.mailboxUrl],
  };
});
afterAll(async () => {
  if (noNetwork !== undefined) return;
  await bench.close();
  await network.close();
});

function enxame(inside: readonly string[], home: string, ...args: string[]): Run {
  const [command = '', ...line] = [...inside, ...enxameLine('--tracker', bench.url, ...args)];
  return bench.run(command, line, { home: join(bench.folder, home) });
}

describe.skipIf(noNetwork !== undefined)('codes between two Enxame that cannot reach each other', () => {
  it('W54 carry a file over the transit relay of the tracker', async () => {
    // Large enough for its path to be looked at while it comes.
    const { path, content } = await bench.makeFile('relayed.bin', 40_000_000);
    const sender = enxame(network.inLeft, 'left', 'send', path);
    const to = join(bench.folder, 'relayed');
    const receiver = enxame(network.inRight, 'right', '--json', 'receive', await codeOf(sender), '--yes', '--to', to);
    const { code, output } = await receiver.end;
    expect({ code, output }).toMatchObject({ code: 0 });
    expect((await sender.end).code).toBe(0);
    expect((await readFile(join(to, 'relayed.bin'))).equals(content)).toBe(true);
    expect(JSON.parse(output.trim().split('\n').at(-1) ?? '')).toMatchObject({ via: 'relay' });
  });
});

describe.skipIf(noOthers !== undefined)('codes with other programs that cannot be reached', () => {
  it.concurrent.each([
    ['to', 'wormhole'],
    ['from', 'wormhole'],
  ] as const)("W40 carry a file %s %s over the tracker's relay", async (way, other) => {
    const { receiverSaid } = await exchange(ours, way, other, 'file');
    if (way === 'from') expect(receiverSaid).toContain('"via":"relay"');
  });
  it.concurrent.each([
    ['to', 'wormhole'],
    ['from', 'wormhole'],
    ['to', 'wormhole-william'],
    ['from', 'wormhole-william'],
  ] as const)('W44 carry a folder %s %s over the relay of Magic Wormhole', async (way, other) => {
    const { receiverSaid } = await exchange(theirs, way, other, 'folder');
    if (way === 'from') expect(receiverSaid).toContain('"via":"relay"');
  });
});
