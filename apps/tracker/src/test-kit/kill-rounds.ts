import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import { trackerIdSchema, type EntryId } from '@enxame/shared/ids';
import type { AnnouncedEntry } from '@enxame/shared/tracker/entry';
import { toEntryFingerprint } from '@enxame/shared/tracker/entry-fingerprint';
import { createEntry } from './entries.js';
import { createRandom } from './seeded-random.js';
import { buildProgram } from './spawn-program.js';
import { connectDevice, type TestDevice } from './test-device.js';
import { createTestUser, type TestUser } from './test-user.js';

export interface KillReport {
  readonly kills: number;
  /** Requests that were answered before a kill, and those that were not. */
  readonly acknowledged: number;
  readonly unanswered: number;
  /** Requests that came too soon after each other; nothing of them may count. */
  readonly refused: number;
  /** The longest wait for an answer: what a busy disk makes of it. */
  readonly slowestMs: number;
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
  refused: number;
  slowestMs: number;
}

const people = 3;
const changesAtOnce = 4;
/** An answer that is lost would never come: on a busy machine one may well take its time. */
const answerMs = 120_000;
/** After a refusal: requests are counted by the second. */
const restMs = 100;
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
      refused: 0,
      slowestMs: 0,
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
        check(
          ledger,
          await listKnown(devices[index] as TestDevice),
          `seed ${String(options.seed)}, kill ${String(round)}`,
        );
      }
      if (round < options.kills) {
        const work = Promise.all(
          ledgers.flatMap((ledger, index) =>
            Array.from({ length: changesAtOnce }, () =>
              changeUntilKilled(devices[index] as TestDevice, ledger, random),
            ),
          ),
        );
        await Promise.race([setTimeout(random(400)), work]);
        running.kill('SIGKILL');
        await running.exitCode;
        acknowledged += (await work).reduce((sum, count) => sum + count, 0);
        unanswered += ledgers.reduce((sum, ledger) => sum + ledger.unanswered.length, 0);
      } else running.kill('SIGTERM');
      for (const device of devices) device.close();
    }
    const aside = (await readdir(join(folder, 'catalogues'))).filter((file) => file.includes('.broken-'));
    if (aside.length > 0) throw new Error(`seed ${String(options.seed)}: set aside: ${aside.join()}`);
    return {
      kills: options.kills,
      acknowledged,
      unanswered,
      refused: ledgers.reduce((sum, ledger) => sum + ledger.refused, 0),
      slowestMs: Math.round(Math.max(...ledgers.map((ledger) => ledger.slowestMs))),
    };
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

async function listKnown(device: TestDevice): Promise<Map<EntryId, string>> {
  const found = new Map<EntryId, string>();
  for (let after: EntryId | undefined; ;) {
    const { known, next } = await device.request('entries:compare', { digest: '', ...(after && { after }) });
    for (const { id, fingerprint } of known) found.set(id, fingerprint);
    if (next === undefined) return found;
    after = next;
  }
}

/** How many of its requests were answered. */
async function changeUntilKilled(device: TestDevice, ledger: Ledger, random: (end: number) => number): Promise<number> {
  for (let answered = 0; ;) {
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
    const startedAt = performance.now();
    const outcome = await Promise.race([
      ask(device, isWithdrawal, entries),
      device.disconnected.then(() => 'killed' as const),
    ]);
    if (outcome === 'killed') return answered;
    ledger.slowestMs = Math.max(ledger.slowestMs, performance.now() - startedAt);
    ledger.unanswered.splice(ledger.unanswered.indexOf(change), 1);
    if (outcome === 'answered') {
      answered++;
      apply(ledger.acknowledged, change);
    } else ledger.refused++;
    // Announced now, or not withdrawn after all.
    if (isWithdrawal === (outcome === 'refused')) ledger.entries.push(...entries);
    if (outcome === 'refused') await Promise.race([setTimeout(restMs), device.disconnected]);
  }
}

async function ask(
  device: TestDevice,
  isWithdrawal: boolean,
  entries: readonly AnnouncedEntry[],
): Promise<'answered' | 'refused'> {
  try {
    if (isWithdrawal) await device.request('entries:withdraw', { ids: entries.map(({ id }) => id) });
    else await device.request('entries:announce', { entries: [...entries] });
    return 'answered';
  } catch (error) {
    if (isErrorWithCode(error, 'rate-limited')) return 'refused';
    throw error;
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
