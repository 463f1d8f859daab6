import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Network namespaces, joined by pairs of virtual cards. All are gone with `close`, or with the process. */
export interface NetNodes {
  /** Returns its full name. */
  add(name: string): Promise<string>;
  link(end: NetEnd, other: NetEnd): Promise<void>;
  /** Runs a program there and gives what it said. */
  run(node: string, ...command: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

export interface NetEnd {
  readonly node: string;
  readonly device: string;
  /** With the bits of the network: `192.168.1.2/24`. */
  readonly addresses?: readonly string[];
}

/** Goes before a program's own command line. */
export const inside = (node: string): readonly string[] => ['ip', 'netns', 'exec', node];

/** Why there can be no such network here; undefined when there can. */
export function whyNoNetNodes(programs: readonly string[]): string | undefined {
  if (process.platform !== 'linux') return 'network namespaces are of Linux';
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  const missing = ['ip', ...programs].filter((name) => spawnSync(name, ['--version']).error !== undefined);
  return missing.length > 0 ? `missing: ${missing.join(', ')}` : undefined;
}

let networks = 0;

export function createNetNodes(): NetNodes {
  const prefix = `enxnat${String(process.pid)}x${String(networks++)}`;
  const made: string[] = [];
  const end = (): void => {
    for (const name of made.splice(0)) execFileSync('ip', ['netns', 'del', name]);
  };
  process.once('exit', end);

  async function bringUp({ node, device, addresses = [] }: NetEnd): Promise<void> {
    for (const address of addresses) await run('ip', ['-n', node, 'addr', 'add', address, 'dev', device]);
    await run('ip', ['-n', node, 'link', 'set', 'dev', device, 'up']);
  }

  async function introduce(who: NetEnd, to: NetEnd): Promise<void> {
    const { stdout: card } = await run('ip', [
      ...inside(who.node).slice(1),
      'cat',
      `/sys/class/net/${who.device}/address`,
    ]);
    for (const address of (who.addresses ?? []).filter((each) => each.includes(':'))) {
      const neighbour = [address.split('/')[0] ?? '', 'lladdr', card.trim(), 'dev', to.device];
      await run('ip', ['-n', to.node, 'neigh', 'replace', ...neighbour]);
    }
  }

  return {
    add: async (name) => {
      const full = prefix + name;
      await run('ip', ['netns', 'add', full]);
      made.push(full);
      await run('ip', ['-n', full, 'link', 'set', 'dev', 'lo', 'up']);
      // Nobody else has an address of IPv6 in here: looking for who has would only take its second or two.
      const trusting = ['all', 'default'].map((which) => `net.ipv6.conf.${which}.accept_dad=0`);
      await run('ip', ['netns', 'exec', full, 'sysctl', '-qw', ...trusting]);
      return full;
    },
    link: async (one, other) => {
      const peer = ['type', 'veth', 'peer', 'name', other.device, 'netns', other.node];
      await run('ip', ['-n', one.node, 'link', 'add', one.device, ...peer]);
      await bringUp(one);
      await bringUp(other);
      // The two know each other at once: finding the other in IPv6 takes a second when a card has just come up.
      await introduce(one, other);
      await introduce(other, one);
    },
    run: async (node, ...command) => {
      const [program = '', ...before] = inside(node);
      return (await run(program, [...before, ...command])).stdout;
    },
    close: async () => {
      process.off('exit', end);
      for (const name of made.splice(0).reverse()) await run('ip', ['netns', 'del', name]);
    },
  };
}
