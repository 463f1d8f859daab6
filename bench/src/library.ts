import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineClient } from '@enxame/shared/engine/engine-client';
import { sharePages } from '@enxame/shared/engine/share-pages';
import type { EntryId } from '@enxame/shared/ids';
import { readBenchOptions } from './bench-options.js';
import { startEngineProcess, type EngineProcess } from './engine-process.js';
import { percentile, round } from './figures.js';
import { describeMachine } from './machine.js';
import { joinTracker } from './person.js';
import { startTrackerProcess } from './tracker-process.js';

// library: an engine that shares 1,000, then 10,000, then 100,000 files of 100 bytes: how long it takes to start, to
// make one change durable, what memory it takes, and for how long it does nothing else.

const options = readBenchOptions(process.argv.slice(2));
const sizes = options.quick ? [1000, 10_000] : [1000, 10_000, 100_000];
const changes = options.quick ? 50 : 300;
const fileBytes = 100;
const filesInFolder = 100;
/** Of one call; the limit of the contract is higher. */
const pathsInCall = 2000;
const say = (line: string): void => void process.stdout.write(options.json ? '' : `${line}\n`);

const folder = await mkdtemp(join(tmpdir(), 'enxame-bench-'));
const cleanups: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
let engine: EngineProcess; // the one open now
try {
  await main();
} finally {
  for (const cleanup of cleanups.reverse()) await cleanup();
}

async function main(): Promise<void> {
  const tracker = await startTrackerProcess(join(folder, 'tracker'));
  cleanups.push(() => tracker.close());
  engine = await start();
  cleanups.push(() => engine.close());
  await joinTracker(engine.client, tracker.url, 'librarian');

  const grown: Awaited<ReturnType<typeof measure>>[] = [];
  let shared = 0;
  for (const size of sizes) {
    grown.push(await measure(shared, size));
    shared = size;
    say(JSON.stringify(grown.at(-1)));
  }
  const result = { bench: 'library', fileBytes, filesInFolder, changes, grown, machine: describeMachine() };
  say(JSON.stringify(result.machine));
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
}

function start(): Promise<EngineProcess> {
  return startEngineProcess(join(folder, 'engine'), join(folder, 'downloads'));
}

async function measure(from: number, to: number) {
  const paths = await writeFiles(from, to);
  await engine.usage();
  const addedAt = performance.now();
  await addAll(engine.client, paths, from);
  const addMs = performance.now() - addedAt;
  const adding = await engine.usage();

  const afterStart = await restart(to);
  const change = await makeChanges(engine.client);
  const changing = await engine.usage();
  return {
    files: to,
    addedPerSecond: round(paths.length / (addMs / 1000)),
    ...afterStart,
    ...change,
    rssMib: round(changing.rssMib),
    maxRssMib: round(changing.maxRssMib),
    loopHeldMs: { adding: round(adding.loopHeldMs), ...afterStart.loopHeldMs, changing: round(changing.loopHeldMs) },
  };
}

/** A start as a person sees it: from the process to the first answer, then to the list, then to the tracker's agreement. */
async function restart(files: number) {
  await engine.close();
  const startedAt = performance.now();
  engine = await start();
  const announced = waitForAnnounced(engine.client, files);
  await engine.client.call('status:get', {});
  const startMs = performance.now() - startedAt;
  const starting = await engine.usage();
  await announced;
  const agreedMs = performance.now() - startedAt;
  const agreeing = await engine.usage();
  const listedAt = performance.now();
  let listed = 0;
  for await (const page of sharePages(engine.client)) listed += page.length;
  if (listed !== files) throw new Error(`${String(listed)} shares of ${String(files)}`);
  const listing = await engine.usage();
  return {
    startMs: round(startMs),
    agreedMs: round(agreedMs),
    listMs: round(performance.now() - listedAt),
    rssAfterStartMib: round(agreeing.rssMib),
    loopHeldMs: {
      starting: round(starting.loopHeldMs),
      agreeing: round(agreeing.loopHeldMs),
      listing: round(listing.loopHeldMs),
    },
  };
}

/** One file shared, and one no longer, many times: what is answered is on disk. */
async function makeChanges(client: EngineClient) {
  const path = join(folder, 'change.txt');
  const adds: number[] = [];
  const removes: number[] = [];
  for (let index = 0; index < changes; index++) {
    await writeFile(path, String(index));
    const addedAt = performance.now();
    const { shares } = await client.call('share:add', { paths: [path] });
    adds.push(performance.now() - addedAt);
    const removedAt = performance.now();
    await client.call('share:remove', { id: shares[0]?.id as EntryId });
    removes.push(performance.now() - removedAt);
  }
  return {
    addOneMs: { p50: round(percentile(adds, 50), 1), p99: round(percentile(adds, 99), 1) },
    removeOneMs: { p50: round(percentile(removes, 50), 1), p99: round(percentile(removes, 99), 1) },
  };
}

async function addAll(client: EngineClient, paths: readonly string[], before: number): Promise<void> {
  const announced = waitForAnnounced(client, before + paths.length, before);
  for (let index = 0; index < paths.length; index += pathsInCall) {
    const { refused } = await client.call('share:add', { paths: paths.slice(index, index + pathsInCall) });
    if (refused.length > 0) throw new Error(JSON.stringify(refused[0]));
  }
  await announced;
}

/** Until so many were told to be in the catalogue, of which some were told before. */
function waitForAnnounced(client: EngineClient, count: number, before = 0): Promise<void> {
  const announced = new Set<EntryId>();
  return new Promise((resolve) => {
    const end = client.on('shares:changed', ({ upserted }) => {
      for (const share of upserted) if (share.announced) announced.add(share.id);
      if (before + announced.size < count) return;
      end();
      resolve();
    });
  });
}

async function writeFiles(from: number, to: number): Promise<string[]> {
  const paths: string[] = [];
  for (let index = from; index < to; index++) {
    const inFolder = join(folder, 'files', `folder ${String(Math.floor(index / filesInFolder))}`);
    if (index % filesInFolder === 0) await mkdir(inFolder, { recursive: true });
    const path = join(inFolder, `file number ${String(index)}.txt`);
    await writeFile(path, `${String(index)} `.padEnd(fileBytes, 'x'));
    paths.push(path);
  }
  return paths;
}
