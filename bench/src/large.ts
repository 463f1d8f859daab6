import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readBenchOptions } from './bench-options.js';
import { startEngineProcess } from './engine-process.js';
import { mebibytesPerSecond, median, round } from './figures.js';
import { describeMachine } from './machine.js';
import { fetchOnce, joinTracker, shareFile } from './person.js';
import { writeRandomFile } from './random-file.js';
import { roomyBytes } from './room.js';
import { startTrackerProcess } from './tracker-process.js';

// large: a file of 20 GiB from one engine to another on this machine, beside one of 1 GiB before and after it: the same
// speed, and the same memory at both ends.

const options = readBenchOptions(process.argv.slice(2));
const smallBytes = 2 ** 30;
const aims = { ratio: [0.9, 1.1], maxRssMib: 200 };
const say = (line: string): void => void process.stdout.write(options.json ? '' : `${line}\n`);

const folder = await mkdtemp(join(tmpdir(), 'enxame-bench-'));
const cleanups: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
try {
  await main();
} finally {
  for (const cleanup of cleanups.reverse()) await cleanup();
}

async function main(): Promise<void> {
  const largeBytes = await roomyBytes(folder, (options.quick ? 4 : 20) * 2 ** 30, 2, say);
  const tracker = await startTrackerProcess(join(folder, 'tracker'));
  cleanups.push(() => tracker.close());
  const before = await measure(tracker.url, smallBytes, 'before');
  const large = await measure(tracker.url, largeBytes, 'large');
  const after = await measure(tracker.url, smallBytes, 'after');
  const small = [...before.rates, ...after.rates];
  const result = {
    bench: 'large',
    bytes: largeBytes,
    largeMibPerSecond: round(median(large.rates)),
    smallMibPerSecond: round(median(small)),
    ratio: round(median(large.rates) / median(small), 2),
    large: large.ends,
    small: after.ends,
    aims,
    machine: describeMachine(),
  };
  process.stdout.write(`${options.json ? JSON.stringify(result) : JSON.stringify(result, null, 2)}\n`);
}

/** Two engines of its own for each size, so that the memory is that of this size. */
async function measure(trackerUrl: string, bytes: number, name: string) {
  const place = join(folder, name);
  await mkdir(place);
  const path = join(place, 'file.bin');
  await writeRandomFile(path, bytes);
  const sender = await startEngineProcess(join(place, 'sender'), join(place, 'sender-downloads'));
  const receiver = await startEngineProcess(join(place, 'receiver'), join(place, 'receiver-downloads'));
  try {
    await joinTracker(sender.client, trackerUrl, `sender ${name}`);
    await joinTracker(receiver.client, trackerUrl, `receiver ${name}`);
    const contentId = await shareFile(sender.client, path);
    const rates: number[] = [];
    for (let run = 0; run < (bytes > smallBytes ? 1 : 3); run++) {
      await settleDisk();
      for (const end of [sender, receiver]) await end.usage();
      rates.push(mebibytesPerSecond(bytes, await fetchOnce(receiver.client, contentId, join(place, 'received'))));
      say(`${String(bytes / 2 ** 30)} GiB: ${String(round(rates.at(-1) ?? 0))} MiB/s`);
    }
    const [send, receive] = [await sender.usage(), await receiver.usage()];
    const ends = {
      senderMaxRssMib: round(send.maxRssMib),
      receiverMaxRssMib: round(receive.maxRssMib),
      senderLoopHeldMs: round(send.loopHeldMs, 1),
      receiverLoopHeldMs: round(receive.loopHeldMs, 1),
    };
    say(JSON.stringify(ends));
    return { rates, ends };
  } finally {
    await sender.close();
    await receiver.close();
    await rm(place, { recursive: true });
  }
}

/** What one run left in the system's cache must not be written during the next. */
async function settleDisk(): Promise<void> {
  if (process.platform !== 'win32') await promisify(execFile)('sync');
}
