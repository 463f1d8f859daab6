import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readBenchOptions } from './bench-options.js';
import { startEngineProcess } from './engine-process.js';
import { median, round } from './figures.js';
import { describeMachine } from './machine.js';
import { whyMissing } from './peers/programs.js';
import { rsyncPrograms, startRsync } from './peers/rsync.js';
import { startWormhole, whyNoWormhole } from './peers/wormhole-william.js';
import { fetchFolderOnce, joinTracker, shareFolder } from './person.js';
import { startTrackerProcess } from './tracker-process.js';

// small-files: a folder of 10,000 files of 4 KiB in 100 folders, from one engine to another on this machine, verified and
// flushed, beside an rsync daemon (neither encrypted nor flushed) and wormhole-william (a zip; its time to make it is not counted).
// What came is moved aside, and removed at the end: for half a minute after ten thousand files were removed, ext4 passes over
// their inodes one by one, and each program needs ten times as long to make ten thousand others.

const options = readBenchOptions(process.argv.slice(2));
const folders = options.quick ? 20 : 100;
const filesInFolder = 100;
const fileBytes = 4096;
const runs = options.quick ? 2 : 5;
const say = (line: string): void => void process.stdout.write(options.json ? '' : `${line}\n`);

/** A program that moves the same folder, and how our time is to compare with its. */
interface Peer {
  readonly name: string;
  /** Our time is to be at most so many times its. */
  readonly aim: number | null;
  /** Milliseconds; nothing is left on disk. */
  run(): Promise<number>;
}

const folder = await mkdtemp(join(tmpdir(), 'enxame-bench-'));
const cleanups: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
let asides = 0;
const newAside = (): string => join(folder, `aside-${String(asides++)}`);
try {
  await main();
} finally {
  for (const cleanup of cleanups.reverse()) await cleanup();
}

async function main(): Promise<void> {
  const shared = join(folder, 'shared', 'photos');
  await writeFiles(shared);
  const { peers, skipped } = await startPeers(shared);
  const tracker = await startTrackerProcess(join(folder, 'tracker'));
  cleanups.push(() => tracker.close());
  const sender = await startEngineProcess(join(folder, 'sender'), join(folder, 'sender-downloads'));
  cleanups.push(() => sender.close());
  const receiver = await startEngineProcess(join(folder, 'receiver'), join(folder, 'received'));
  cleanups.push(() => receiver.close());
  await joinTracker(sender.client, tracker.url, 'sender');
  await joinTracker(receiver.client, tracker.url, 'receiver');
  const { contentId, ms: shareMs } = await shareFolder(sender.client, shared);
  say(`shared: hashed and in the catalogue after ${String(round(shareMs))} ms`);

  const ours: number[] = [];
  const theirs = peers.map((): number[] => []);
  let loopHeldMs = 0;
  for (let index = 0; index < runs; index++) {
    await settleDisk();
    for (const end of [sender, receiver]) await end.usage();
    ours.push(
      tell(
        'enxame',
        await fetchFolderOnce(receiver.client, contentId, { into: join(folder, 'received'), aside: newAside() }),
      ),
    );
    for (const end of [sender, receiver]) loopHeldMs = Math.max(loopHeldMs, (await end.usage()).loopHeldMs);
    for (const [which, peer] of peers.entries()) {
      await settleDisk();
      theirs[which]?.push(tell(peer.name, await peer.run()));
    }
  }
  const [sent, received] = [await sender.usage(), await receiver.usage()];
  const result = {
    bench: 'small-files',
    files: folders * filesInFolder,
    fileBytes,
    runs,
    enxameMs: round(median(ours)),
    allMs: ours.map((ms) => round(ms)),
    shareMs: round(shareMs),
    peers: peers.map(({ name, aim }, which) => {
      const values = theirs[which] ?? [];
      const ratios = ours.map((ms, index) => ms / (values[index] ?? Number.NaN));
      return { name, ms: round(median(values)), ratio: round(median(ratios), 2), aim };
    }),
    skipped,
    maxRssMib: { sender: round(sent.maxRssMib), receiver: round(received.maxRssMib) },
    loopHeldMs: round(loopHeldMs, 1),
    machine: describeMachine(),
  };
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else {
    say(
      `\n${String(result.files)} files of ${String(fileBytes)} bytes, median of ${String(runs)}: ${String(result.enxameMs)} ms`,
    );
    for (const peer of result.peers)
      say(
        `${peer.name}: ${String(peer.ms)} ms, our time is ${String(peer.ratio)} of it (aim ${String(peer.aim ?? 'none')})`,
      );
    say(`RSS at most ${JSON.stringify(result.maxRssMib)} MiB, event loop held at most ${String(result.loopHeldMs)} ms`);
    say(JSON.stringify(result.machine));
  }
}

function tell(name: string, ms: number): number {
  say(`${name.padEnd(18)} ${String(round(ms))} ms`);
  return ms;
}

async function writeFiles(root: string): Promise<void> {
  for (let each = 0; each < folders; each++) {
    const inside = join(root, `folder-${String(each).padStart(3, '0')}`);
    await mkdir(inside, { recursive: true });
    await Promise.all(
      Array.from({ length: filesInFolder }, (_, index) =>
        writeFile(join(inside, `file-${String(index).padStart(3, '0')}.dat`), randomBytes(fileBytes)),
      ),
    );
  }
}

async function startPeers(shared: string): Promise<{ peers: Peer[]; skipped: Record<string, string> }> {
  const peers: Peer[] = [];
  const skipped: Record<string, string> = {};
  const into = join(folder, 'peer-received');
  const add = (name: string, aim: number | null, reason: string | undefined, fetch: () => Promise<number>): void => {
    if (reason !== undefined) {
      skipped[name] = reason;
      say(`without ${name}: ${reason}`);
      return;
    }
    const run = async (): Promise<number> => {
      await mkdir(into);
      const ms = await fetch();
      await rename(into, newAside());
      return ms;
    };
    peers.push({ name, aim, run });
  };
  const noRsync = await whyMissing(rsyncPrograms, say);
  const rsync = noRsync === undefined ? await startRsync(join(folder, 'rsync'), shared) : undefined;
  if (rsync) cleanups.push(() => rsync.close());
  const fetchWithRsync = (flushed: boolean) => async (): Promise<number> =>
    (await rsync?.fetch(into, { flushed })) ?? Number.NaN;
  add('rsync daemon', 1.5, noRsync, fetchWithRsync(false));
  add('rsync --fsync', null, noRsync, fetchWithRsync(true));
  const noWormhole = await whyNoWormhole(say);
  const wormhole = noWormhole === undefined ? await startWormhole(join(folder, 'wormhole')) : undefined;
  if (wormhole) cleanups.push(() => wormhole.close());
  add('wormhole-william', 0.5, noWormhole, async () => (await wormhole?.transfer(shared, into)) ?? Number.NaN);
  return { peers, skipped };
}

/** What one run left in the system's cache must not be written during the next. */
async function settleDisk(): Promise<void> {
  if (process.platform !== 'win32') await promisify(execFile)('sync');
}
