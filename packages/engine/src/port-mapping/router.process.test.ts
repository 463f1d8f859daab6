import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openNatPrograms, type NatPrograms } from '../testing/nat-programs.js';
import { createRouterNetwork, whyNoRouterNetwork, type RouterNetwork } from '../testing/router-network.js';
import type { PortMapping } from './port-mapper.js';

// What a port mapper promises, kept by each of its ways at a real router's program.

const reason = whyNoRouterNetwork();
if (reason !== undefined) process.stderr.write(`routers that open ports are not tried: ${reason}\n`);

const engineFolder = fileURLToPath(new URL('../..', import.meta.url));
/** A server that greets, and a mapper for its port: maps at once, gives it back at the end of its input. */
const mapperProgram = `
  const { createServer } = await import('node:net');
  const { createNatPortMapper } = await import('./dist/port-mapping/nat-port-mapper.js');
  const [port, secret, way] = process.argv.slice(1);
  await new Promise((resolve) => createServer((socket) => socket.end('welcome')).listen(Number(port), resolve));
  const none = { map: () => Promise.resolve([]), close: () => Promise.resolve() };
  const mapper = createNatPortMapper(...(way === 'pcp' ? [] : [none]));
  const mappings = await mapper.map({ port: Number(port), secret: Buffer.from(secret) }, AbortSignal.timeout(20_000));
  console.log(JSON.stringify(mappings));
  for await (const _ of process.stdin);
  await mapper.close();
  process.exit();
`;
/** Prints what it is greeted with, or that it is not. */
const callerProgram = `
  const { connect } = await import('node:net');
  const [host, port] = process.argv.slice(1);
  const socket = connect({ host, port: Number(port), timeout: 1000 });
  const end = (text) => { console.log(JSON.stringify(text)); process.exit(); };
  socket.on('data', (chunk) => end(String(chunk)));
  socket.on('timeout', () => end('silence'));
  socket.on('error', ({ code }) => end(code));
`;

let network: RouterNetwork | undefined;
let programs: NatPrograms;
const children: ChildProcess[] = [];

beforeEach(async () => {
  programs = await openNatPrograms();
});
afterEach(async () => {
  for (const child of children.splice(0)) await kill(child);
  await programs.close();
  await network?.close();
  network = undefined;
});

async function open(pcpAndPmp: boolean, upnp: boolean): Promise<RouterNetwork> {
  network = await createRouterNetwork({ pcpAndPmp, upnp });
  return network;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function map(
  router: RouterNetwork,
  way: string,
): Promise<{ mappings: readonly PortMapping[]; child: ChildProcess; giveBack: () => Promise<void> }> {
  const [program = '', ...before] = router.inDevice;
  const args = [...before, process.execPath, '--input-type=module', '-e', mapperProgram, '40001', 'ours', way];
  const child = spawn(program, args, { cwd: engineFolder, stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const ended = once(child, 'exit');
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    mappings: JSON.parse(line) as PortMapping[],
    child,
    giveBack: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

/** A router that has just begun does not hear the first question over IPv6; it is asked anew, as `keepMapped` does. */
async function mapBoth(router: RouterNetwork, way: string): ReturnType<typeof map> {
  for (let left = 5; ; left--) {
    const mapped = await map(router, way);
    if (left === 0 || way === 'nat-pmp' || mapped.mappings.length > 1) return mapped;
    await mapped.giveBack();
  }
}

const callFromOutside = async (router: RouterNetwork, { address }: PortMapping): Promise<unknown> =>
  JSON.parse(
    await programs.start(router.inOutside, ['--input-type=module', '-e', callerProgram, address.host, String(address.port)]),
  ); // prettier-ignore

const lifeMs = 3_600_000;

describe.skipIf(reason !== undefined)('a real router', () => {
  it.each([
    ['pcp', true, true],
    ['nat-pmp', true, false],
    ['upnp', false, true],
  ])(
    'opens a port by %s, and closes it when it is given back',
    async (way, pcpAndPmp, upnp) => {
      const router = await open(pcpAndPmp, upnp);
      const { mappings, giveBack } = await mapBoth(router, way);
      const ipv4 = { address: { host: router.outerHost, port: 40001 }, lifeMs };
      const ipv6 = { address: { host: router.deviceIpv6, port: 40001 }, lifeMs };
      expect(new Set(mappings)).toEqual(new Set(way === 'nat-pmp' ? [ipv4] : [ipv4, ipv6]));
      for (const mapping of mappings) expect(await callFromOutside(router, mapping)).toBe('welcome');
      expect(await router.rules()).toContain('40001');
      await giveBack();
      expect(await router.rules()).not.toContain('40001');
    },
    60_000,
  );

  it('gives the same port again to a device that was killed', async () => {
    const router = await open(true, false);
    const before = await map(router, 'pcp');
    await kill(before.child);
    const { mappings, giveBack } = await map(router, 'pcp');
    expect(mappings).toEqual(before.mappings);
    await giveBack();
    // miniupnpd 2.3.1 forgets whose a hole of IPv6 is when it is asked for again: that one ends with its time.
    expect(await router.rules()).not.toContain('dnat');
  }, 60_000);

  it('that speaks none of the three opens none', async () => {
    const router = await open(false, false);
    expect((await map(router, 'pcp')).mappings).toEqual([]);
  }, 60_000);

  it('P65: lets somebody outside dial who shares behind it', async () => {
    const router = await open(true, true);
    const tracker = await programs.startTracker(router.inOutside, router.outsideHost);
    const ana = await programs.joinNetwork(router.inDevice, 'Ana', tracker, 'maps');
    const rui = await programs.joinNetwork(router.inOutside, 'Rui', tracker);
    const { paths } = await programs.fetch(ana, rui, 20_000_000);
    expect(paths.at(-1)).toBe('direct');
  }, 120_000);
});
