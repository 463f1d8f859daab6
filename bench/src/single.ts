import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readBenchOptions } from './bench-options.js';
import { startEngineProcess, type EngineProcess } from './engine-process.js';
import { mebibytesPerSecond, median, round } from './figures.js';
import { createLoopWatch } from './loop-watch.js';
import { describeMachine } from './machine.js';
import { aria2Programs, downloadWithAria2 } from './peers/aria2.js';
import { curlPrograms, downloadWithCurl, nginxPrograms, startNginx } from './peers/curl-nginx.js';
import { whyMissing } from './peers/programs.js';
import { startWormhole, whyNoWormhole } from './peers/wormhole-william.js';
import { fetchOnce, joinTracker, shareFile } from './person.js';
import { writeRandomFile } from './random-file.js';
import { startTrackerProcess } from './tracker-process.js';

// single: one file from one engine to another on this machine, verified and flushed, beside curl and aria2 from nginx
// over HTTPS and wormhole-william over its relay (which do neither). Each of our runs is followed by one of each of them.

const options = readBenchOptions(process.argv.slice(2));
const bytes = options.quick ? 256 * 2 ** 20 : 2 ** 30;
const runs = options.quick ? 2 : 5;
const fileName = 'file.bin';
const say = (line: string): void => void process.stdout.write(options.json ? '' : `${line}\n`);

/** A program that moves the same file, and how many times faster than it we want to be. */
interface Peer {
  readonly name: string;
  readonly aim: number;
  /** Milliseconds; nothing is left on disk. */
  run(): Promise<number>;
}

const folder = await mkdtemp(join(tmpdir(), 'enxame-bench-'));
const cleanups: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
try {
  await main();
} finally {
  for (const cleanup of cleanups.reverse()) await cleanup();
}

async function main(): Promise<void> {
  const shared = join(folder, 'shared');
  await mkdir(shared);
  await writeRandomFile(join(shared, fileName), bytes);
  const { peers, skipped } = await startPeers(shared);

  const tracker = await startTrackerProcess(join(folder, 'tracker'));
  cleanups.push(() => tracker.close());
  const sender = await startEngineProcess(join(folder, 'sender'), join(folder, 'sender-downloads'));
  cleanups.push(() => sender.close());
  const receiver = await startEngineProcess(join(folder, 'receiver'), join(folder, 'received'));
  cleanups.push(() => receiver.close());
  await joinTracker(sender.client, tracker.url, 'sender');
  await joinTracker(receiver.client, tracker.url, 'receiver');
  const contentId = await shareFile(sender.client, join(shared, fileName));

  const ours: number[] = [];
  const theirs = peers.map((): number[] => []);
  const ends = [watch(sender), watch(receiver)] as const;
  const ownLoop = createLoopWatch();
  let idleHeldMs = 0;
  for (let index = 0; index < runs; index++) {
    await settleDisk();
    for (const end of ends) await end.beginRun();
    ownLoop.takeMaxMs();
    const ms = await fetchOnce(receiver.client, contentId, join(folder, `received-${String(index)}`));
    idleHeldMs = Math.max(idleHeldMs, ownLoop.takeMaxMs());
    for (const end of ends) await end.endRun();
    ours.push(tell('enxame', ms));
    for (const [which, peer] of peers.entries()) {
      await settleDisk();
      theirs[which]?.push(tell(peer.name, await peer.run()));
    }
  }
  const result = {
    bench: 'single',
    bytes,
    runs,
    enxameMibPerSecond: round(median(ours)),
    allMibPerSecond: ours.map((value) => round(value)),
    peers: peers.map(({ name, aim }, which) => {
      const values = theirs[which] ?? [];
      const ratios = ours.map((value, index) => value / (values[index] ?? Number.NaN));
      return { name, mibPerSecond: round(median(values)), ratio: round(median(ratios), 2), aim };
    }),
    skipped,
    sender: ends[0].figures(),
    receiver: ends[1].figures(),
    /** Of the process that only waits: what the machine itself withheld, and Linux did not count. */
    idleHeldMs: round(idleHeldMs, 1),
    machine: describeMachine(),
  };
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else print(result);
}

function print({
  peers, enxameMibPerSecond, sender, receiver, idleHeldMs, machine,
}: {
  readonly enxameMibPerSecond: number;
  readonly peers: readonly { name: string; mibPerSecond: number; ratio: number; aim: number }[];
  readonly sender: object;
  readonly receiver: object;
  readonly idleHeldMs: number;
  readonly machine: object;
}): void {
  say(`\n${String(bytes / 2 ** 20)} MiB, median of ${String(runs)}: enxame ${String(enxameMibPerSecond)} MiB/s`);
  for (const peer of peers)
    say(`${peer.name}: ${String(peer.mibPerSecond)} MiB/s, ratio ${String(peer.ratio)} (aim ${String(peer.aim)})`);
  say(`sender ${JSON.stringify(sender)}`);
  say(`receiver ${JSON.stringify(receiver)} (CPU and event loop: with the SHA-256 that follows)`);
  say(`event loop of a process that only waits, in the same time: held ${String(idleHeldMs)} ms by the machine`);
  say(JSON.stringify(machine));
} // prettier-ignore

function tell(name: string, ms: number): number {
  const rate = mebibytesPerSecond(bytes, ms);
  say(`${name.padEnd(18)} ${String(round(rate))} MiB/s`);
  return rate;
}

/** What one end used in its runs, not between them. */
function watch(engine: EngineProcess): {
  beginRun(): Promise<void>;
  endRun(): Promise<void>;
  figures(): object;
} {
  let before = 0;
  let cpuSeconds = 0;
  let maxRssMib = 0;
  let loopHeldMs = 0;
  return {
    beginRun: async () => {
      before = (await engine.usage()).cpuSeconds;
    },
    endRun: async () => {
      const usage = await engine.usage();
      cpuSeconds += usage.cpuSeconds - before;
      maxRssMib = usage.maxRssMib;
      loopHeldMs = Math.max(loopHeldMs, usage.loopHeldMs);
    },
    figures: () => ({
      cpuSecondsPerGib: round((cpuSeconds / runs) * (2 ** 30 / bytes), 2),
      maxRssMib: round(maxRssMib),
      loopHeldMs: round(loopHeldMs, 1),
    }),
  };
}

async function startPeers(shared: string): Promise<{ peers: Peer[]; skipped: Record<string, string> }> {
  const peers: Peer[] = [];
  const skipped: Record<string, string> = {};
  const add = (name: string, aim: number, reason: string | undefined, run: () => Promise<number>): void => {
    if (reason === undefined) peers.push({ name, aim, run });
    else {
      skipped[name] = reason;
      say(`without ${name}: ${reason}`);
    }
  };
  const target = join(folder, 'peer.bin');
  const toTarget = async (download: Promise<number>): Promise<number> => {
    const ms = await download;
    await rm(target);
    return ms;
  };

  const noNginx = await whyMissing([...nginxPrograms, ...curlPrograms], say);
  const nginx = noNginx === undefined ? await startNginx(join(folder, 'nginx'), shared) : undefined;
  if (nginx) cleanups.push(() => nginx.close());
  const url = `${nginx?.url ?? ''}${fileName}`;
  add('curl<nginx', 1.3, noNginx, () => toTarget(downloadWithCurl(url, target)));
  add('aria2 -x4<nginx', 1.5, noNginx ?? (await whyMissing(aria2Programs, say)), () =>
    toTarget(downloadWithAria2([url], target, { connections: 4 })),
  );

  const into = join(folder, 'wormhole-received');
  await mkdir(into);
  const noWormhole = await whyNoWormhole(say);
  const wormhole = noWormhole === undefined ? await startWormhole(join(folder, 'wormhole')) : undefined;
  if (wormhole) cleanups.push(() => wormhole.close());
  add('wormhole-william', 5, noWormhole, async () => {
    const ms = (await wormhole?.transfer(join(shared, fileName), into)) ?? Number.NaN;
    await rm(join(into, fileName));
    return ms;
  });
  return { peers, skipped };
}

/** What one run left in the system's cache must not be written during the next. */
async function settleDisk(): Promise<void> {
  if (process.platform !== 'win32') await promisify(execFile)('sync');
}
