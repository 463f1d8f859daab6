import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toEntriesDigest } from '@enxame/shared/tracker/entry-fingerprint';
import { catalogueQuerySchema, type CatalogueQuery } from '@enxame/shared/tracker/catalogue-query';
import type { AnnouncedEntry } from '@enxame/shared/tracker/entry';
import type { ReplyOf } from '@enxame/shared/messages/request-table';
import { maxBatchEntries, type TrackerRequests } from '@enxame/shared/tracker/requests';
import { readBenchOptions } from './bench-options.js';
import { writeCatalogues } from './catalogue-files.js';
import { createCorpus, type Corpus } from './corpus.js';
import { median, percentile, round } from './figures.js';
import { joinAs, createLoadUser, type LoadDevice, type LoadUser } from './load-device.js';
import { describeMachine } from './machine.js';
import { startMeasuredTracker, type MeasuredTracker } from './measured-tracker.js';
import { createRandom } from './random.js';

// catalogue: a tracker with 10,000, 100,000 and 1,000,000 entries of 1,000 each a user: start, memory, searches, one
// change until it is on disk, 10,000 entries announced in one go, a device with 90,000 that comes, compares and goes.

const options = readBenchOptions(process.argv.slice(2));
const perUser = 1000;
const sizes = options.quick ? [2000, 20_000] : [10_000, 100_000, 1_000_000];
const searches = options.quick ? 200 : 2000;
const changes = options.quick ? 50 : 500;
const seed = 4;
const say = (line: string): void => void process.stdout.write(options.json ? '' : `${line}\n`);

const folder = await mkdtemp(join(tmpdir(), 'enxame-bench-'));
let tracker: MeasuredTracker | undefined;
try {
  await main();
} finally {
  await tracker?.close();
  await rm(folder, { recursive: true, force: true });
}

async function main(): Promise<void> {
  const random = createRandom(seed);
  const corpus = createCorpus(seed);
  say(`names from ${String(corpus.sources.files)} files and ${String(corpus.sources.titles)} titles of this machine`);
  const results: Record<string, unknown>[] = [];
  const users: LoadUser[] = [];
  for (const size of sizes) {
    const before = users.length;
    while (users.length * perUser < size) users.push(createLoadUser(`Person ${String(users.length)}`, random));
    await tracker?.close();
    await writeCatalogues(folder, users, users.slice(before), perUser, corpus);
    tracker = await startMeasuredTracker(folder);
    const rssAtStart = tracker.rssMib();
    const result = {
      entries: size,
      readyMs: round(tracker.readyMs),
      readyCpuSeconds: tracker.cpuSeconds(),
      rssAtStartMib: rssAtStart === null ? null : round(rssAtStart),
      ...(await measure(tracker, users[0] as LoadUser, corpus)),
    };
    results.push(result);
    say(JSON.stringify(result, null, 1));
  }
  const result = {
    bench: 'catalogue',
    seed,
    results,
    large: await measureLarge(tracker as MeasuredTracker, random, corpus),
    machine: describeMachine(),
  };
  say(JSON.stringify(result.large, null, 1));
  say(JSON.stringify(result.machine));
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
}

/** All batches at once: the device does not wait for an answer before it sends the next. */
async function announce(device: LoadDevice, entries: readonly AnnouncedEntry[]): Promise<void> {
  const batches: Promise<unknown>[] = [];
  for (let start = 0; start < entries.length; start += maxBatchEntries) {
    batches.push(device.request('entries:announce', { entries: entries.slice(start, start + maxBatchEntries) }));
  }
  await Promise.all(batches);
}

async function measure(on: MeasuredTracker, user: LoadUser, corpus: Corpus): Promise<Record<string, unknown>> {
  const device = await joinAs(user, on, { isNew: false });
  await on.loop();
  const byKind: Record<string, number[]> = { relevance: [], filtered: [], newest: [] };
  for (let index = 0; index < searches; index++) {
    const [kind, query] = toQuery(index, corpus);
    (byKind[kind] as number[]).push(
      await timeOf(() => device.request('catalogue:list', { query, window: { offset: 0, limit: 50 } })),
    );
    if (index % 40 === 0) await pause();
  }
  const all = Object.values(byKind).flat();
  const changed: number[] = [];
  for (let index = 0; index < changes; index++) {
    changed.push(await timeOf(() => device.request('entries:announce', { entries: [corpus.entry()] })));
    if (index % 40 === 0) await pause();
  }
  const { held } = await on.loop();
  const many = Array.from({ length: 10_000 }, () => corpus.entry());
  const announceMs = await timeOf(() => announce(device, many));
  const last = many.at(-1) as AnnouncedEntry;
  const found = await device.request('catalogue:list', {
    query: { text: last.contentId },
    window: { offset: 0, limit: 1 },
  });
  if (found.rows.length === 0) throw new Error('what was announced cannot be found');
  const announceHeld = (await on.loop()).held;
  await device.close();
  const rss = on.rssMib();
  return {
    search: { p50Ms: round(median(all), 2), p99Ms: round(percentile(all, 99), 2), maxMs: round(Math.max(...all), 2) },
    searchP99Ms: Object.fromEntries(
      Object.entries(byKind).map(([kind, values]) => [kind, round(percentile(values, 99), 2)]),
    ),
    change: { p50Ms: round(median(changed), 2), p99Ms: round(percentile(changed, 99), 2) },
    loopHeldMaxMs: round(held.maxMs, 1),
    announce10k: { ms: round(announceMs), loopHeldMaxMs: round(announceHeld.maxMs, 1) },
    rssMib: rss === null ? null : round(rss),
  };
}

/** What people ask: by words, the best first; with a filter; by words, in another order. */
function toQuery(index: number, corpus: Corpus): ['relevance' | 'filtered' | 'newest', CatalogueQuery] {
  const text = corpus.search();
  switch (index % 4) {
    case 0:
      return ['filtered', catalogueQuerySchema.parse({ text, type: 'document', minBytes: 1000, sort: 'size' })];
    case 1:
      return ['newest', catalogueQuerySchema.parse({ text })];
    default:
      return ['relevance', catalogueQuerySchema.parse({ text, sort: 'relevance' })];
  }
}

/** One device with as many entries as a person may have. */
async function measureLarge(
  on: MeasuredTracker,
  random: ReturnType<typeof createRandom>,
  corpus: Corpus,
): Promise<Record<string, unknown>> {
  const user = createLoadUser('Collector', random);
  const count = options.quick ? 9000 : 90_000;
  const device = await joinAs(user, on, { isNew: true });
  const announceMs = await timeOf(async () => {
    for (let start = 0; start < count; start += 10_000) {
      await announce(
        device,
        Array.from({ length: Math.min(10_000, count - start) }, () => corpus.entry()),
      );
      await pause();
    }
  });
  await on.loop();
  const compareMs: number[] = [];
  const known: KnownEntries = [];
  for (let after: KnownEntries[number]['id'] | undefined; ;) {
    const page = await device.request('entries:compare', { digest: '', ...(after && { after }) });
    known.push(...page.known);
    after = page.next;
    if (after === undefined) break;
  }
  if (known.length !== count) throw new Error(`the tracker knows ${String(known.length)}`);
  const comparedHeld = (await on.loop()).held;
  const digest = toEntriesDigest(known, (text) => createHash('sha256').update(text).digest('hex'));
  for (let index = 0; index < 5; index++) {
    compareMs.push(
      await timeOf(async () => {
        if (!(await device.request('entries:compare', { digest })).same) throw new Error('the digests differ');
      }),
    );
  }
  const sameHeld = (await on.loop()).held;
  await device.close();
  const again = await joinAs(user, on, { isNew: false });
  await again.request('catalogue:list', { query: {}, window: { offset: 0, limit: 1 } });
  await pause();
  const movedHeld = (await on.loop()).held;
  await again.close();
  return {
    entries: count,
    announceMs: round(announceMs),
    compareMs: round(median(compareMs)),
    loopHeldMaxMs: {
      compareDifferent: round(comparedHeld.maxMs, 1),
      compareSame: round(sameHeld.maxMs, 1),
      comeAndGo: round(movedHeld.maxMs, 1),
    },
  };
}

type KnownEntries = ReplyOf<TrackerRequests, 'entries:compare'>['known'];

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** A device may ask a hundred times a second. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1000));
}
