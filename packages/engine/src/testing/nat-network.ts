import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How a side is joined to the open network. */
export const natKinds = [
  /** It has a public address. */
  'none',
  /** A router that keeps one outer port for an inner one, wherever it leads: what most homes have. */
  'nat',
  /** A router that takes another outer port for each destination. */
  'symmetric',
] as const;
export type NatKind = (typeof natKinds)[number];

/** Two devices and a tracker, each in a network namespace, with what lies between them. */
export interface NatNetwork {
  /** Goes before a program's own command line. */
  readonly inTracker: readonly string[];
  readonly inLeft: readonly string[];
  readonly inRight: readonly string[];
  readonly trackerHost: string;
  /** Runs `iptables` at the router of a side; a side without one does it itself. */
  filter(side: 'left' | 'right', ...args: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Why there can be no such network here; undefined when there can. */
export function whyNoNatNetwork(): string | undefined {
  if (process.platform !== 'linux') return 'network namespaces are of Linux';
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  const missing = ['ip', 'iptables'].filter((name) => spawnSync(name, ['-V']).error !== undefined);
  return missing.length > 0 ? `missing: ${missing.join(', ')}` : undefined;
}

const trackerHost = '203.0.113.1';
let networks = 0;

/** Addresses of documentation (RFC 5737) play the open network; each router lets in only what belongs to what went out. */
export async function createNatNetwork(left: NatKind, right: NatKind): Promise<NatNetwork> {
  const prefix = `enxnat${String(process.pid)}x${String(networks++)}`;
  const made: string[] = [];
  const end = (): void => {
    for (const name of made.splice(0)) execFileSync('ip', ['netns', 'del', name]);
  };
  process.once('exit', end);

  async function node(name: string): Promise<string> {
    const full = prefix + name;
    await run('ip', ['netns', 'add', full]);
    made.push(full);
    await run('ip', ['-n', full, 'link', 'set', 'dev', 'lo', 'up']);
    return full;
  }
  const inside = (name: string): readonly string[] => ['ip', 'netns', 'exec', name];
  async function link(
    name: string,
    device: string,
    address: string,
    other: string,
    otherDevice: string,
  ): Promise<void> {
    await run('ip', ['-n', name, 'link', 'add', device, 'type', 'veth', 'peer', 'name', otherDevice, 'netns', other]);
    await run('ip', ['-n', name, 'addr', 'add', address, 'dev', device]);
    await run('ip', ['-n', name, 'link', 'set', 'dev', device, 'up']);
    await run('ip', ['-n', other, 'link', 'set', 'dev', otherDevice, 'up']);
  }

  const open = await node('open');
  await run('ip', ['-n', open, 'link', 'add', 'br0', 'type', 'bridge']);
  await run('ip', ['-n', open, 'addr', 'add', `${trackerHost}/24`, 'dev', 'br0']);
  await run('ip', ['-n', open, 'link', 'set', 'dev', 'br0', 'up']);

  async function side(name: string, kind: NatKind, index: number): Promise<{ device: string; router: string }> {
    const router = await node(`${name}r`);
    await link(router, 'wan', `203.0.113.${String(index)}0/24`, open, `to${name}`);
    await run('ip', ['-n', open, 'link', 'set', 'dev', `to${name}`, 'master', 'br0']);
    if (kind === 'none') return { device: router, router };
    const device = await node(name);
    const lan = `192.168.${String(index)}`;
    await link(device, 'eth0', `${lan}.2/24`, router, 'lan');
    await run('ip', ['-n', router, 'addr', 'add', `${lan}.1/24`, 'dev', 'lan']);
    await run('ip', ['-n', device, 'route', 'add', 'default', 'via', `${lan}.1`]);
    const rules = [
      [
        '-t',
        'nat',
        '-A',
        'POSTROUTING',
        '-o',
        'wan',
        '-j',
        'MASQUERADE',
        ...(kind === 'symmetric' ? ['--random'] : []),
      ],
      ...['INPUT', 'FORWARD'].flatMap((chain) => [
        ['-A', chain, '-i', 'wan', '-m', 'conntrack', '--ctstate', 'ESTABLISHED,RELATED', '-j', 'ACCEPT'],
        ['-A', chain, '-i', 'wan', '-j', 'DROP'],
      ]),
    ];
    await run('ip', ['netns', 'exec', router, 'sysctl', '-qw', 'net.ipv4.ip_forward=1']);
    for (const rule of rules) await run('ip', ['netns', 'exec', router, 'iptables', ...rule]);
    return { device, router };
  }
  const [leftSide, rightSide] = [await side('l', left, 1), await side('r', right, 2)];
  return {
    inTracker: inside(open),
    inLeft: inside(leftSide.device),
    inRight: inside(rightSide.device),
    trackerHost,
    filter: async (which, ...args) => {
      const { router } = which === 'left' ? leftSide : rightSide;
      await run('ip', ['netns', 'exec', router, 'iptables', ...args]);
    },
    close: async () => {
      process.off('exit', end);
      for (const name of made.splice(0).reverse()) await run('ip', ['netns', 'del', name]);
    },
  };
}
