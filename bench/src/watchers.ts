import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogueQuerySchema, type CatalogueQuery } from '@enxame/shared/tracker/catalogue-query';
import type { AnnouncedEntry } from '@enxame/shared/tracker/entry';
import { readBenchOptions } from './bench-options.js';
import { createCorpus } from './corpus.js';
import { median, percentile, round } from './figures.js';
import { createLoadUser, joinAs, type LoadDevice } from './load-device.js';
import { describeMachine } from './machine.js';
import { startMeasuredTracker, type MeasuredTracker } from './measured-tracker.js';
import { createRandom } from './random.js';

// watchers: devices that watch lists while a hundred changes a second are announced: from the moment a change is sent
// until it is in the watcher's list, and the tracker's processor time. Half watch the newest entries, where every
// change shows; half watch one of some hundred searches.

const options = readBenchOptions(process.argv.slice(2));
const sizes = options.quick ? [50, 500] : [100, 1000, 5000];
const seconds = options.quick ? 5 : 20;
const changesPerSecond = 100;
const searches = 200;
const entriesBefore = options.quick ? 2000 : 20_000;
const announcers = 4;
const together = 50;
const say = (line: string): void => void process.stdout.write(options.json ? '' : `${line}\n`);

const folder = await mkdtemp(join(tmpdir(), 'enxame-bench-'));
let tracker: MeasuredTracker | undefined;
try {
  await main();
} finally {
  await tracker?.kill();
  await rm(folder, { recursive: true, force: true });
}

async function main(): Promise<void> {
  const random = createRandom(7);
  const corpus = createCorpus(7);
  tracker = await startMeasuredTracker(folder);
  const on = tracker;
  const sharing: LoadDevice[] = [];
  for (let index = 0; index < announcers; index++) {
    sharing.push(await joinAs(createLoadUser(`Sharer ${String(index)}`, random), on, { isNew: true }));
  }
  for (let count = 0; count < entriesBefore; count += 500) {
    await random
      .pick(sharing)
      .request('entries:announce', { entries: Array.from({ length: 500 }, () => corpus.entry()) });
  }
  const queries = Array.from({ length: searches }, () => catalogueQuerySchema.parse({ text: corpus.search() }));

  /** When each change was sent, by its entry's id. */
  const sentAt = new Map<string, number>();
  let delays: number[] = [];
  let messages = 0;
  const handlePush = (text: string): void => {
    messages++;
    // Whole messages are not read: five thousand clients in one process would measure themselves.
    for (const [, id = ''] of text.matchAll(/"upserted":\[\{"id":"([a-z2-7]{26})"/g)) {
      const at = sentAt.get(id);
      if (at !== undefined) delays.push(performance.now() - at);
    }
  };

  const results: Record<string, unknown>[] = [];
  let watching = 0;
  for (const size of sizes) {
    while (watching < size) {
      const group = Array.from({ length: Math.min(together, size - watching) }, (_, index) => watching + index);
      await Promise.all(
        group.map(async (number) => {
          const device = await joinAs(createLoadUser(`Watcher ${String(number)}`, random), on, {
            isNew: true,
            onPush: handlePush,
          });
          await device.request('catalogue:watch', {
            watchId: 1,
            query: queryOf(number, queries),
            window: { offset: 0, limit: 50 },
          });
        }),
      );
      watching += group.length;
    }
    await pause(2000);
    [delays, messages] = [[], 0];
    sentAt.clear();
    await on.loop();
    const cpuBefore = on.cpuSeconds();
    const ownCpuBefore = process.cpuUsage();
    const startedAt = performance.now();
    for (let change = 0; change < seconds * changesPerSecond; change++) {
      const wait = startedAt + (change * 1000) / changesPerSecond - performance.now();
      if (wait > 0) await pause(wait);
      const entry: AnnouncedEntry = { ...corpus.entry(), addedAt: 2_000_000_000_000 + change };
      sentAt.set(entry.id, performance.now());
      void (sharing[change % announcers] as LoadDevice).request('entries:announce', { entries: [entry] });
    }
    await pause(1000);
    const elapsed = (performance.now() - startedAt) / 1000;
    const cpuAfter = on.cpuSeconds();
    const own = process.cpuUsage(ownCpuBefore);
    const { held } = await on.loop();
    const rss = on.rssMib();
    const result = {
      watchers: size,
      changesPerSecond,
      messagesPerSecond: round(messages / elapsed),
      changeToClient: { p50Ms: round(median(delays)), p99Ms: round(percentile(delays, 99)) },
      trackerCores: cpuBefore === null || cpuAfter === null ? null : round((cpuAfter - cpuBefore) / elapsed, 2),
      clientsCores: round((own.user + own.system) / 1e6 / elapsed, 2),
      loopHeldMaxMs: round(held.maxMs, 1),
      rssMib: rss === null ? null : round(rss),
    };
    results.push(result);
    say(JSON.stringify(result));
  }
  const result = { bench: 'watchers', results, machine: describeMachine() };
  say(JSON.stringify(result.machine));
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
}

/** Half of all look at what is new. */
function queryOf(number: number, queries: readonly CatalogueQuery[]): CatalogueQuery {
  const search = queries[number % queries.length];
  return number % 2 === 0 || !search ? catalogueQuerySchema.parse({}) : search;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
