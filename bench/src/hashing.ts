import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Blake3Hasher } from '@napi-rs/blake-hash';
import type { EngineClient } from '@enxame/shared/engine/engine-client';
import type { Share } from '@enxame/shared/engine/share';
import { readBenchOptions } from './bench-options.js';
import { startEngineProcess, type EngineProcess } from './engine-process.js';
import { mebibytesPerSecond, median, round } from './figures.js';
import { describeMachine } from './machine.js';
import { joinTracker } from './person.js';
import { writeRandomFile } from './random-file.js';
import { roomyBytes } from './room.js';
import { startTrackerProcess } from './tracker-process.js';

// hashing: one large file to share: how soon it is listed, beside a bare loop that reads it and does BLAKE3, and how
// soon its SHA-256 follows, beside a bare loop of that. From the page cache, and where root can empty it from the disk.

const options = readBenchOptions(process.argv.slice(2));
const runs = options.quick ? 2 : 3;
const aims = { listed: 0.8, sha256: 0.9 };
/** What the bare loops read at once: the best of 64 KiB to 4 MiB. */
const loopBytes = 1024 * 1024;
const say = (line: string): void => void process.stdout.write(options.json ? '' : `${line}\n`);

const folder = await mkdtemp(join(tmpdir(), 'enxame-bench-'));
const path = join(folder, 'large.bin');
const cleanups: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
try {
  await main();
} finally {
  for (const cleanup of cleanups.reverse()) await cleanup();
}

async function main(): Promise<void> {
  const bytes = await roomyBytes(folder, (options.quick ? 4 : 10) * 2 ** 30, 1, say);
  await writeRandomFile(path, bytes);
  const tracker = await startTrackerProcess(join(folder, 'tracker'));
  cleanups.push(() => tracker.close());
  const engine = await startEngineProcess(join(folder, 'engine'), join(folder, 'downloads'));
  cleanups.push(() => engine.close());
  await joinTracker(engine.client, tracker.url, 'hasher');

  const states = {
    cached: readIntoCache,
    ...(canDropCache() && { disk: dropCache }),
  };
  const measured: Record<string, unknown> = {};
  for (const [state, prepare] of Object.entries(states)) {
    const pairs: Awaited<ReturnType<typeof measurePair>>[] = [];
    for (let index = 0; index < runs; index++) {
      pairs.push(await measurePair(engine, prepare));
      say(`${state}: ${JSON.stringify(pairs.at(-1))}`);
    }
    measured[state] = summarize(pairs, bytes);
  }
  const { maxRssMib } = await engine.usage();
  const result = {
    bench: 'hashing',
    bytes,
    runs,
    aims,
    ...measured,
    maxRssMib: round(maxRssMib),
    machine: describeMachine(),
  };
  process.stdout.write(`${options.json ? JSON.stringify(result) : JSON.stringify(result, null, 2)}\n`);
}

/** Each of ours beside each of the loops, in the same minute. */
async function measurePair(engine: EngineProcess, prepare: () => Promise<void>) {
  await prepare();
  const blake3 = new Blake3Hasher();
  const blake3LoopMs = readAll((chunk) => blake3.update(chunk));
  await prepare();
  const { cpuSeconds: before } = await engine.usage();
  const startedAt = performance.now();
  const share = await addFile(engine.client);
  const listedMs = performance.now() - startedAt;
  const listed = await engine.usage();
  await summed(engine.client, share);
  const summedMs = performance.now() - startedAt - listedMs;
  const done = await engine.usage();
  await engine.client.call('share:remove', { id: share.id });
  const sha256 = createHash('sha256');
  const sha256LoopMs = readAll((chunk) => sha256.update(chunk));
  return {
    blake3LoopMs: round(blake3LoopMs),
    listedMs: round(listedMs),
    listedCpuMs: round((listed.cpuSeconds - before) * 1000),
    sha256LoopMs: round(sha256LoopMs),
    summedMs: round(summedMs),
    summedCpuMs: round((done.cpuSeconds - listed.cpuSeconds) * 1000),
    loopHeldMs: round(Math.max(listed.loopHeldMs, done.loopHeldMs)),
  };
}

function summarize(pairs: readonly Awaited<ReturnType<typeof measurePair>>[], bytes: number) {
  const rate = (key: keyof (typeof pairs)[number]): number =>
    round(median(pairs.map((pair) => mebibytesPerSecond(bytes, pair[key]))));
  return {
    listedMibPerSecond: rate('listedMs'),
    blake3LoopMibPerSecond: rate('blake3LoopMs'),
    listedRatio: round(median(pairs.map((pair) => pair.blake3LoopMs / pair.listedMs)), 2),
    summedMibPerSecond: rate('summedMs'),
    sha256LoopMibPerSecond: rate('sha256LoopMs'),
    summedRatio: round(median(pairs.map((pair) => pair.sha256LoopMs / pair.summedMs)), 2),
    /** How much of a core the one thread that does it was given and used. */
    summedCores: round(median(pairs.map((pair) => pair.summedCpuMs / pair.summedMs)), 2),
    loopHeldMs: Math.max(...pairs.map((pair) => pair.loopHeldMs)),
  };
}

async function addFile(client: EngineClient): Promise<Share> {
  const listed = new Promise<void>((resolve) => {
    const end = client.on('shares:changed', ({ upserted }) => {
      if (!upserted.some((share) => share.path === path && share.announced)) return;
      end();
      resolve();
    });
  });
  const { shares } = await client.call('share:add', { paths: [path] });
  await listed;
  const [share] = shares;
  if (!share) throw new Error('the file was not shared');
  return share;
}

async function summed(client: EngineClient, { id }: Share): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = client.on('shares:changed', ({ upserted }) => {
      if (!upserted.some((share) => share.id === id && share.sha256 !== null)) return;
      end();
      resolve();
    });
  });
}

/** Milliseconds for the whole file, in this thread. */
function readAll(use: (chunk: Buffer) => void): number {
  const buffer = Buffer.allocUnsafeSlow(loopBytes);
  const file = openSync(path, 'r');
  const startedAt = performance.now();
  for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) use(buffer.subarray(0, read));
  closeSync(file);
  return performance.now() - startedAt;
}

function readIntoCache(): Promise<void> {
  readAll(() => undefined);
  return Promise.resolve();
}

function canDropCache(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0;
}

async function dropCache(): Promise<void> {
  await writeFile('/proc/sys/vm/drop_caches', '1');
}
