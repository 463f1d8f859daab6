import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readBenchOptions } from './bench-options.js';
import { missingPrograms, startNginx } from './curl-nginx.js';
import { startEngineProcess } from './engine-process.js';
import { mebibytesPerSecond, median, round } from './figures.js';
import { describeMachine } from './machine.js';
import { fetchOnce, joinTracker, shareFile } from './person.js';
import { writeRandomFile } from './random-file.js';
import { startTrackerProcess } from './tracker-process.js';

// single: one file from one engine to another on this machine, verified and flushed, beside curl from nginx over HTTPS
// (which does neither). Runs are paired: each of ours is followed by one of theirs.

const options = readBenchOptions(process.argv.slice(2));
const bytes = options.quick ? 256 * 2 ** 20 : 2 ** 30;
const runs = options.quick ? 2 : 5;
const say = (line: string): void => void process.stdout.write(options.json ? '' : `${line}\n`);

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
  await writeRandomFile(join(shared, 'file.bin'), bytes);

  const tracker = await startTrackerProcess(join(folder, 'tracker'));
  cleanups.push(() => tracker.close());
  const sender = await startEngineProcess(join(folder, 'sender'), join(folder, 'sender-downloads'));
  cleanups.push(() => sender.close());
  const receiver = await startEngineProcess(join(folder, 'receiver'), join(folder, 'received'));
  cleanups.push(() => receiver.close());
  await joinTracker(sender.client, tracker.url, 'sender');
  await joinTracker(receiver.client, tracker.url, 'receiver');
  const contentId = await shareFile(sender.client, join(shared, 'file.bin'));

  const missing = missingPrograms();
  const nginx = missing.length === 0 ? await startNginx(join(folder, 'nginx'), shared) : undefined;
  if (nginx) cleanups.push(() => nginx.close());
  else say(`no comparison: ${missing.join(' and ')} missing`);

  const ours: number[] = [];
  const theirs: number[] = [];
  const before = [await sender.usage(), await receiver.usage()] as const;
  for (let index = 0; index < runs; index++) {
    await settleDisk();
    const ms = await fetchOnce(receiver.client, contentId, join(folder, `received-${String(index)}`));
    ours.push(mebibytesPerSecond(bytes, ms));
    say(`enxame ${String(round(ours.at(-1) ?? 0))} MiB/s`);
    if (!nginx) continue;
    await settleDisk();
    const target = join(folder, 'curl.bin');
    theirs.push(mebibytesPerSecond(bytes, await nginx.download('file.bin', target)));
    await rm(target);
    say(`curl   ${String(round(theirs.at(-1) ?? 0))} MiB/s`);
  }
  const after = [await sender.usage(), await receiver.usage()] as const;
  const [send, receive] = after.map((usage, index) => ({
    cpuSecondsPerRun: round((usage.cpuSeconds - (before[index]?.cpuSeconds ?? 0)) / runs, 2),
    maxRssMib: round(usage.maxRssMib),
  }));
  const result = {
    bench: 'single',
    bytes,
    runs,
    enxameMibPerSecond: round(median(ours)),
    curlMibPerSecond: theirs.length > 0 ? round(median(theirs)) : null,
    ratio:
      theirs.length > 0 ? round(median(ours.map((value, index) => value / (theirs[index] ?? Number.NaN))), 2) : null,
    missing,
    sender: send,
    receiver: receive,
    machine: describeMachine(),
  };
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else {
    say(`\n${String(bytes / 2 ** 20)} MiB, median of ${String(runs)}: enxame ${String(result.enxameMibPerSecond)} MiB/s` +
      (result.ratio === null ? '' : `, curl from nginx ${String(result.curlMibPerSecond)} MiB/s, ratio ${String(result.ratio)}`)); // prettier-ignore
    say(
      `sender ${JSON.stringify(send)}, receiver ${JSON.stringify(receive)} (receiver: with the SHA-256 that follows)`,
    );
    say(JSON.stringify(result.machine));
  }
}

/** What one run left in the system's cache must not be written during the next. */
async function settleDisk(): Promise<void> {
  if (process.platform !== 'win32') await promisify(execFile)('sync');
}
