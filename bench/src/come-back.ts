import { createHash } from 'node:crypto';
import { createBackoff } from '@enxame/engine/waiting/backoff';
import type { EntryId } from '@enxame/shared/ids';
import type { AnnouncedEntry } from '@enxame/shared/tracker/entry';
import { toEntriesDigest, toEntryFingerprint } from '@enxame/shared/tracker/entry-fingerprint';
import { writeCatalogues } from './catalogue-files.js';
import { createCorpus } from './corpus.js';
import { round } from './figures.js';
import { joinAs, type LoadDevice, type LoadUser } from './load-device.js';
import { startMeasuredTracker, type MeasuredTracker } from './measured-tracker.js';
import type { Random } from './random.js';

const entriesEach = 20;
/** One in so many shares one file more while the tracker is away. */
const changedOne = 10;
const together = 50;
/** As the engine's connection to its tracker tries again (packages/engine/src/tracker/tracker-connection.ts). */
const retry = { firstMs: 500, maxMs: 30_000 } as const;
/** A tracker that nobody can join by then is broken. */
const giveUpMs = 5 * 60_000;
const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Devices with entries are connected to a tracker that is killed and started again: each comes back as an engine does,
 * compares what it shares and sends what differs. Until all have a session, their people and their first list again. The
 * tracker that runs at the end is handed to `onTracker`, as each before it.
 */
export async function measureComeBack(options: {
  readonly folder: string;
  /** All whose names are on the tracker, which must not run. */
  readonly known: readonly LoadUser[];
  readonly users: readonly LoadUser[];
  readonly random: Random;
  readonly onTracker: (tracker: MeasuredTracker) => void;
}): Promise<Record<string, unknown>> {
  const { folder, users, random } = options;
  const corpus = createCorpus(8);
  const entriesOf = new Map<LoadUser, AnnouncedEntry[]>(users.map((user) => [user, []]));
  await writeCatalogues(folder, options.known, users, entriesEach, corpus, (user, entry) => {
    entriesOf.get(user)?.push(entry);
  });
  const start = async (): Promise<MeasuredTracker> => {
    const tracker = await startMeasuredTracker(folder);
    options.onTracker(tracker);
    return tracker;
  };

  const before = await start();
  for (let first = 0; first < users.length; first += together) {
    await Promise.all(users.slice(first, first + together).map((user) => joinAs(user, before, { isNew: false })));
  }
  await before.kill();
  const startedAt = performance.now();
  for (const [index, user] of users.entries()) if (index % changedOne === 0) entriesOf.get(user)?.push(corpus.entry());
  let on: MeasuredTracker | undefined;
  const starting = start().then(async (tracker) => {
    await tracker.loop();
    on = tracker;
  });
  const cpuBefore = process.cpuUsage();
  let [nobody, tries, sent] = [0, 0, 0];
  /** By what ended each try that was not the last of its device. */
  const failures: Record<string, number> = {};
  const backSeconds: number[] = [];

  async function comeBack(user: LoadUser): Promise<void> {
    const backoff = createBackoff({ ...retry, random: () => random.next() });
    for (;;) {
      await pause(backoff.nextMs());
      if (!on) {
        nobody++;
        continue;
      }
      tries++;
      try {
        const device = await joinAs(user, on, { isNew: false });
        const differences = await sendDifferences(device, entriesOf.get(user) ?? []);
        sent += differences; // others come back meanwhile
        await device.request('people:watch', {});
        await device.request('catalogue:watch', { watchId: 1, query: {}, window: { offset: 0, limit: 50 } });
        backSeconds.push((performance.now() - startedAt) / 1000);
        return;
      } catch (error) {
        if (performance.now() - startedAt > giveUpMs) throw error;
        const { message } = error as Error;
        failures[message] = (failures[message] ?? 0) + 1;
      }
    }
  }

  await Promise.all([starting, ...users.map(comeBack)]);
  const tracker = on as unknown as MeasuredTracker;
  const own = process.cpuUsage(cpuBefore);
  const changed = Math.ceil(users.length / changedOne);
  // What was taken before a connection broke is not sent again.
  const broken = Object.values(failures).reduce((sum, count) => sum + count, 0);
  if (sent > changed || sent < changed - broken)
    throw new Error(`${String(sent)} entries were sent for ${String(changed)} that are new`);
  const { held } = await tracker.loop();
  const rss = tracker.rssMib();
  return {
    devices: users.length,
    entriesEach,
    readyMs: round(tracker.readyMs),
    halfBackSeconds: round(backSeconds[backSeconds.length >> 1] ?? 0, 1),
    allBackSeconds: round(backSeconds.at(-1) ?? 0, 1),
    triesWhileNobodyListened: nobody,
    tries,
    failures,
    entriesSent: sent,
    trackerCpuSeconds: round(tracker.cpuSeconds() ?? 0, 1),
    clientsCpuSeconds: round((own.user + own.system) / 1e6, 1),
    loopHeldMaxMs: round(held.maxMs, 1),
    rssMib: rss === null ? null : round(rss),
  };
}

/** Answers how many entries it sent. */
async function sendDifferences(device: LoadDevice, entries: readonly AnnouncedEntry[]): Promise<number> {
  const own = entries.map((entry) => ({ id: entry.id, fingerprint: toEntryFingerprint(entry, sha256Hex) }));
  const { same, known } = await device.request('entries:compare', { digest: toEntriesDigest(own, sha256Hex) });
  if (same) return 0;
  const there = new Map<EntryId, string>(known.map(({ id, fingerprint }) => [id, fingerprint]));
  const differing = entries.filter((_, index) => there.get(own[index]?.id as EntryId) !== own[index]?.fingerprint);
  await device.request('entries:announce', { entries: differing });
  return differing.length;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
