/**
 * A small network of its own on this machine: each node is a network namespace, joined to segments (a bridge each) by a
 * veth pair whose rate `tc tbf` limits. Needs root, Linux and iproute2. Order: createNamespaces, segment, node, join; then
 * `node.command` before each program. `close` takes everything away; so does the end of this process, and whatever a
 * process that was killed left behind goes with the next creation.
 */
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What one end of a line may send and take, in Mbit/s; as fast as the machine when not given. */
export interface LineLimits {
  readonly sendMbit?: number;
  readonly receiveMbit?: number;
}

export interface Segment {
  readonly name: string;
  /** The first three numbers of its addresses, as "10.77.1". */
  readonly prefix: string;
}

export interface Namespace {
  /** As `ip netns` knows it. */
  readonly name: string;
  /** Goes before a program's own command line: it then runs in here. */
  readonly command: readonly string[];
  /** One more interface; the address that it got. */
  join(segment: Segment, limits?: LineLimits): Promise<string>;
  /** Runs a program in here to its end; what it printed. */
  run(program: string, args: readonly string[]): Promise<string>;
}

export interface Namespaces {
  segment(): Promise<Segment>;
  node(name: string): Promise<Namespace>;
  /** Ends nothing that runs in the nodes: that is its starter's. Twice without harm. */
  close(): Promise<void>;
}

const prefixOfNames = 'enxame-bench-';
/** Larger than the packets that the system hands over in one piece, smaller than a quarter of a second at 100 Mbit/s. */
const burst = '256kb';
const queueLatency = '50ms';
/** .1 is left free for a router of the caller's making. */
const firstHost = 10;

/** Why there can be no namespaces here; undefined when there can. */
export function whyNoNamespaces(): string | undefined {
  if (process.platform !== 'linux') return 'network namespaces are of Linux';
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  const missing = ['ip', 'tc'].filter((name) => spawnSync(name, ['-V']).error !== undefined);
  return missing.length > 0 ? `missing: ${missing.join(', ')} (iproute2)` : undefined;
}

/** Throws when there can be none (see `whyNoNamespaces`). */
export async function createNamespaces(): Promise<Namespaces> {
  const reason = whyNoNamespaces();
  if (reason !== undefined) throw new Error(reason);
  await removeLeftBehind();
  const mine = `${prefixOfNames}${String(process.pid)}-`;
  const made = new Set<string>();
  const hub = await make('hub');
  let segments = 0;
  let interfaces = 0;

  async function make(name: string): Promise<string> {
    const full = mine + name;
    made.add(full);
    await run('ip', ['netns', 'add', full]);
    await run('ip', ['-n', full, 'link', 'set', 'dev', 'lo', 'up']);
    return full;
  }

  function removeAtExit(): void {
    for (const name of made) execFileSync('ip', ['netns', 'del', name]);
  }
  process.once('exit', removeAtExit);

  async function join(name: string, segment: Segment, limits: LineLimits): Promise<string> {
    const index = interfaces++;
    const inside = `in${String(index)}`;
    const outside = `out${String(index)}`;
    const address = `${segment.prefix}.${String(firstHost + index)}`;
    const inHub = ['-n', hub, 'link', 'set', 'dev', outside];
    await run('ip', ['-n', name, 'link', 'add', inside, 'type', 'veth', 'peer', 'name', outside, 'netns', hub]);
    await run('ip', [...inHub, 'master', segment.name]);
    await run('ip', [...inHub, 'up']);
    await run('ip', ['-n', name, 'addr', 'add', `${address}/24`, 'dev', inside]);
    await run('ip', ['-n', name, 'link', 'set', 'dev', inside, 'up']);
    // What leaves an end can be limited, not what arrives: what the node takes is limited where the hub sends it.
    if (limits.sendMbit !== undefined) await limit(name, inside, limits.sendMbit);
    if (limits.receiveMbit !== undefined) await limit(hub, outside, limits.receiveMbit);
    return address;
  }

  return {
    segment: async () => {
      const index = segments++;
      const segment = { name: `br${String(index)}`, prefix: `10.77.${String(index)}` };
      await run('ip', ['-n', hub, 'link', 'add', segment.name, 'type', 'bridge']);
      await run('ip', ['-n', hub, 'link', 'set', 'dev', segment.name, 'up']);
      return segment;
    },
    node: async (name) => {
      const full = await make(name);
      return {
        name: full,
        command: ['ip', 'netns', 'exec', full],
        join: (segment, limits = {}) => join(full, segment, limits),
        run: async (program, args) => (await run('ip', ['netns', 'exec', full, program, ...args])).stdout,
      };
    },
    close: async () => {
      process.off('exit', removeAtExit);
      for (const name of [...made].reverse()) {
        made.delete(name);
        await run('ip', ['netns', 'del', name]);
      }
    },
  };
}

async function limit(name: string, device: string, mbit: number): Promise<void> {
  const tbf = ['tbf', 'rate', `${String(mbit)}mbit`, 'burst', burst, 'latency', queueLatency];
  await run('tc', ['-n', name, 'qdisc', 'add', 'dev', device, 'root', ...tbf]);
}

/** A process that was killed could not take its own away. */
async function removeLeftBehind(): Promise<void> {
  const { stdout } = await run('ip', ['netns', 'list']);
  for (const line of stdout.split('\n')) {
    const [name = ''] = line.split(' ');
    if (!name.startsWith(prefixOfNames)) continue;
    if (!isAlive(Number.parseInt(name.slice(prefixOfNames.length), 10))) await run('ip', ['netns', 'del', name]);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
