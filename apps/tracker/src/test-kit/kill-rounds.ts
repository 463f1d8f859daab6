import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { trackerIdSchema, type EntryId } from '@enxame/shared/ids';
import type { AnnouncedEntry } from '@enxame/shared/tracker/entry';
import { toEntryFingerprint } from '@enxame/shared/tracker/entry-fingerprint';
import { createEntry } from './entries.js';
import { buildProgram } from './spawn-program.js';
import { connectDevice, type TestDevice } from './test-device.js';
import { createTestUser, type TestUser } from './test-user.js';

export interface KillReport {
  readonly kills: number;
  /** Requests that were answered before a kill, and those that were not. */
  readonly acknowledged: number;
  readonly unanswered: number;
}

/** What one device asked for in one message: all of it counts, or nothing. */
type Change = ReadonlyMap<EntryId, string | undefined>;

/** What one person knows to be on disk, and what may be. */
interface Ledger {
  readonly user: TestUser;
  readonly name: string;
  readonly acknowledged: Map<EntryId, string>;
  entries: AnnouncedEntry[];
  unanswered: Change[];
}

const people = 3;
const changesAtOnce = 4;
/** An answer that is lost would never come: on a busy machine one may well take its time. */
const answerMs = 120_000;
const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Lets people change their catalogues, all at once and without a pause, kills the tracker (SIGKILL) at a random moment,
 * starts it again and looks: everything acknowledged must be there, and of a message that was not answered all or
 * nothing. Throws with the seed when it is not so.
 */
export async function runKillRounds(options: { readonly seed: number; readonly kills: number }): Promise<KillReport> {
  const random = createRandom(options.seed);
  const folder = await mkdtemp(join(tmpdir(), 'enxame-kills-'));
  const program = await buildProgram();
  const ledgers = Array.from({ length: people }, (_, index): Ledger => {
    return {
      user: createTestUser(),
      name: `Person ${String(index)}`,
      acknowledged: new Map(),
      entries: [],
      unanswered: [],
    };
  });
  let [acknowledged, unanswered] = [0, 0];
  try {
    for (let round = 0; round <= options.kills; round++) {
      const running = await program.start(['--json', '--host', '127.0.0.1', '--port', '0', '--data', folder]);
      const { url, trackerId } = JSON.parse(running.firstLine) as { url: string; trackerId: string };
      const tracker = { url, trackerId: trackerIdSchema.parse(trackerId) };
      const devices = await Promise.all(ledgers.map((ledger) => joinAs(tracker, ledger, round === 0)));
      for (const [index, ledger] of ledgers.entries()) {
        const { known } = await (devices[index] as TestDevice).request('entries:compare', { digest: '' });
        check(
          ledger,
          new Map(known.map(({ id, fingerprint }) => [id, fingerprint])),
          `seed ${String(options.seed)}, kill ${String(round)}`,
        );
      }
      if (round < options.kills) {
        const work = ledgers.flatMap((ledger, index) =>
          Array.from({ length: changesAtOnce }, () => changeUntilKilled(devices[index] as TestDevice, ledger, random)),
        );
        await setTimeout(random(400));
        running.kill('SIGKILL');
        await running.exitCode;
        acknowledged += (await Promise.all(work)).reduce((sum, count) => sum + count, 0);
        unanswered += ledgers.reduce((sum, ledger) => sum + ledger.unanswered.length, 0);
      } else running.kill('SIGTERM');
      for (const device of devices) device.close();
    }
    const aside = (await readdir(join(folder, 'catalogues'))).filter((file) => file.includes('.broken-'));
    if (aside.length > 0) throw new Error(`seed ${String(options.seed)}: set aside: ${aside.join()}`);
    return { kills: options.kills, acknowledged, unanswered };
  } finally {
    await program.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function joinAs(
  tracker: Parameters<typeof connectDevice>[0],
  ledger: Ledger,
  isNew: boolean,
): Promise<TestDevice> {
  const device = await connectDevice(tracker, ledger.user, answerMs);
  if (isNew) await device.register(ledger.name);
  await device.open();
  return device;
}

/** How many of its requests were answered. */
async function changeUntilKilled(device: TestDevice, ledger: Ledger, random: (end: number) => number): Promise<number> {
  for (let answered = 0; ; answered++) {
    // Withdraws some of what it has, or announces: each entry is in one unanswered message at most.
    const isWithdrawal = ledger.entries.length > 40 && random(3) === 0;
    const entries = isWithdrawal
      ? ledger.entries.splice(random(ledger.entries.length - 10), 1 + random(10))
      : Array.from({ length: 1 + random(20) }, () =>
          createEntry({ size: random(2 ** 30), name: randomBytes(9).toString('hex') }),
        );
    const change: Change = new Map(
      entries.map((entry) => [entry.id, isWithdrawal ? undefined : toEntryFingerprint(entry, sha256Hex)]),
    );
    ledger.unanswered.push(change);
    try {
      await Promise.race([
        isWithdrawal
          ? device.request('entries:withdraw', { ids: entries.map(({ id }) => id) })
          : device.request('entries:announce', { entries }),
        device.disconnected.then(() => {
          throw new Error('killed');
        }),
      ]);
    } catch (error) {
      if (error instanceof Error && error.message === 'killed') return answered;
      throw error;
    }
    ledger.unanswered.splice(ledger.unanswered.indexOf(change), 1);
    apply(ledger.acknowledged, change);
    if (!isWithdrawal) ledger.entries.push(...entries);
  }
}

function check(ledger: Ledger, found: ReadonlyMap<EntryId, string>, where: string): void {
  for (const change of ledger.unanswered) {
    const states = new Set([...change].map(([id, fingerprint]) => found.get(id) === fingerprint));
    if (states.size > 1) throw new Error(`${where}: half of a message counts`);
    if (states.has(true)) apply(ledger.acknowledged, change);
  }
  ledger.unanswered = [];
  for (const [id, fingerprint] of ledger.acknowledged) {
    if (found.get(id) !== fingerprint) throw new Error(`${where}: ${id} was acknowledged and is not there`);
  }
  if (found.size !== ledger.acknowledged.size) throw new Error(`${where}: there is what nobody announced`);
  ledger.entries = ledger.entries.filter(({ id }) => ledger.acknowledged.has(id));
}

function apply(entries: Map<EntryId, string>, change: Change): void {
  for (const [id, fingerprint] of change) {
    if (fingerprint === undefined) entries.delete(id);
    else entries.set(id, fingerprint);
  }
}

/** Whole numbers below `end`, the same ones for the same seed. */
function createRandom(seed: number): (end: number) => number {
  let state = seed >>> 0;
  return (end) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
}
